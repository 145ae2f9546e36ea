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
  const { page, close, last, sockets } = await interposedPage(browser, { viewport: PHONE });
  await page.evaluate(() => (Math.random = () => 0.999));
  // The first delays are too short to look at: 0.5, 1 and 2 s, then 4.
  for (let lost = 1; lost <= 3; lost += 1) {
    await last().close({ code: 4103 });
    await eventually('the next connection', () => sockets.length === lost + 1);
    await lampIs(page, 'live');
  }
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

test('a hostile token name is shown as text, and broken messages do no harm', async () => {
  const { page, complaints, close, last } = await interposedPage(browser);
  const name = '<img src=x onerror=alert(1)>';
  const update = { type: 'price:update', tokenId: name, price: 1, volume24h: 1, priceChange24h: 0, timestamp: Date.now(), source: 'trade', nonce: 'n', seq: 1, prev: 0 };
  for (const text of ['{', 'null', '[]', '{"type":"price:update"}', '{"type":"constructor"}', JSON.stringify(update)]) last().send(text);
  await eventually('the row', () => page.locator('tr[data-token] th').evaluateAll((cells, wanted) => cells.some((cell) => cell.textContent === wanted), name));
  assert.equal(await page.locator('img').count(), 0);
  await pricesMove(page);
  assert.deepEqual(complaints, []);
  await close();
});
