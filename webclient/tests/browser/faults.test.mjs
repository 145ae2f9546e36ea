// The page when its connection goes wrong. The gateway is the real one (ODIN_PAGE_URL); the test stands between it and
// the page, to close the connection with any code and to slip in messages that a gateway would never send.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, eventually, interposedPage, lampIs, launch, pageUrl, pricesMove, shot } from './support.mjs';

let browser;

before(async () => {
  pageUrl();
  browser = await launch();
});

after(() => browser?.close());

test('after a lost connection the page comes back by itself and asks for what it missed', async () => {
  const { page, complaints, close, last, subscribes } = await interposedPage(browser);
  assert.equal(subscribes()[0].resume, undefined);
  await last().close({ code: 4200 });
  await eventually('a second subscription', () => subscribes().length === 2);
  await lampIs(page, 'live');
  assert.ok(subscribes()[1].resume.seq > 0);
  assert.deepEqual(subscribes()[1].tokens, ['*']);
  await pricesMove(page);
  assert.deepEqual(complaints, []);
  await close();
});

test('while it waits it says so, and the button ends the waiting', async () => {
  const { page, close, last } = await interposedPage(browser, { viewport: PHONE });
  last().send(JSON.stringify({ type: 'drain', retryAfterMs: 60_000 })); // the delays of a first loss are too short to look at
  await last().close({ code: 4103 });
  await lampIs(page, 'reconnecting');
  assert.equal(await page.getByTestId('notice-text').textContent(), 'The gateway had an error.');
  assert.match(await page.getByTestId('countdown').textContent(), /^Next try in \d+ s$/);
  const button = await page.getByTestId('toggle').boundingBox();
  assert.ok(button.x + button.width <= PHONE.width - 8, 'the longest word of the lamp leaves room for the button');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing overflows sideways');
  await shot(page, 'page-phone-reconnecting');
  await page.getByTestId('retry').click();
  await lampIs(page, 'live');
  await close();
});

test('a final reason stops it, and Connect tries again', async () => {
  const { page, close, last, sockets } = await interposedPage(browser);
  await last().close({ code: 4003 });
  await lampIs(page, 'stopped');
  assert.equal(await page.getByTestId('notice-text').textContent(), 'Permission denied.');
  const before = sockets.length;
  await page.waitForTimeout(2_000);
  assert.equal(sockets.length, before, 'no try by itself');
  await shot(page, 'page-stopped');
  await page.getByTestId('toggle').click();
  await lampIs(page, 'live');
  await close();
});

test('after a night in a hidden tab everything is there again in one round trip', async () => {
  // Eight hours pass in which no timer fires.
  const prepare = (page) => page.addInitScript(() => {
    const now = performance.now.bind(performance);
    window.sleptMs = 0;
    performance.now = () => now() + window.sleptMs;
  });
  const { page, complaints, close, subscribes, sockets } = await interposedPage(browser, { prepare });
  await page.evaluate(() => {
    window.sleptMs = 8 * 3_600_000;
    document.dispatchEvent(new Event('resume'));
  });
  await eventually('a new connection', () => sockets.length === 2);
  await eventually('a second subscription', () => subscribes().length === 2);
  assert.equal(subscribes()[1].resume, undefined, 'nobody needs the updates of a night');
  await lampIs(page, 'live');
  await eventually('the answer', async () => (await page.getByTestId('meter-resumed').textContent()) === 'no');
  await pricesMove(page);
  assert.equal(await page.getByTestId('meter-holes').textContent(), '0');
  assert.equal(subscribes().length, 2);
  assert.deepEqual(complaints, []);
  await close();
});

test('a connection that died in the dark is noticed when the page is looked at', async () => {
  const { page, complaints, close, sockets, mute } = await interposedPage(browser);
  mute();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await eventually('a new connection', () => sockets.length === 2);
  await lampIs(page, 'live');
  await pricesMove(page);
  assert.deepEqual(complaints, []);
  await close();
});

test('hostile names and values are shown as text and break nothing', async () => {
  const { page, complaints, close, last } = await interposedPage(browser, { viewport: PHONE });
  const names = ['<img src=x onerror=alert(1)>', '__proto__', 'constructor', '"><script>alert(1)</script>', '\u202eLTR', 'W'.repeat(32), 'javascript:alert(1)'];
  const values = [0, 1e-300, 1e308, -1e308, 5e-324, 123456789012.5];
  const update = (tokenId, value) => ({ type: 'price:update', tokenId, price: value, volume24h: value, priceChange24h: value, timestamp: Date.now(), source: 'trade', nonce: '<b>', seq: 1, prev: 0 });
  const broken = ['{', 'null', '[]', '{"type":"price:update"}', '{"type":"constructor"}', '{"type":"__proto__"}'];
  for (const text of [...broken, ...names.map((name, i) => JSON.stringify(update(name, values[i % values.length])))]) last().send(text);
  last().send(JSON.stringify({ type: 'feed:stale', tokenId: names[0], ageMs: 1e15, expectedMs: -1 }));
  last().send(JSON.stringify({ type: 'error', code: 1e9, reason: '<img src=x onerror=alert(1)>', retryable: true }));
  const rows = page.locator('tr[data-token] th');
  await eventually('the rows', () => rows.evaluateAll((cells, wanted) => wanted.every((name) => cells.some((cell) => cell.textContent === name)), names));
  assert.equal(await page.locator('img, script:not([src])').count(), 0);
  const { inner, wide } = await page.evaluate(() => ({ inner: document.documentElement.clientWidth, wide: document.documentElement.scrollWidth }));
  assert.ok(wide <= inner, `content is ${wide} px wide in ${inner} px`);
  // None of these names is a token's: clicks lead nowhere, and certainly not to a script.
  for (const name of names.slice(0, 3)) await rows.getByText(name, { exact: true }).click();
  await shot(page, 'page-phone-hostile');
  await pricesMove(page);
  assert.deepEqual(complaints, []);
  await close();
});

test('a hostile reason for a close is not shown at all', async () => {
  const { page, complaints, close, last } = await interposedPage(browser);
  await last().close({ code: 4003, reason: '<img src=x onerror=alert(1)>' });
  await lampIs(page, 'stopped');
  assert.equal(await page.getByTestId('notice-text').textContent(), 'Permission denied.');
  assert.deepEqual(complaints, []);
  await close();
});
