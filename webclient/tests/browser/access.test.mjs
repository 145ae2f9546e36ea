// Who cannot see, has no mouse, or is told lies by the network: accessibility, the keyboard, and the policy of the page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { PHONE, eventually, interposedPage, lampIs, launch, newPage, pageUrl, pricesMove, shot } from './support.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser;

before(async () => {
  pageUrl();
  browser = await launch();
});

after(() => browser?.close());

/** What axe finds wrong, one line for each; past the page's policy, which would not let it in. */
async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations);
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}

const chart = (page) => page.getByTestId('chart');
const isOpen = (page, open) => eventually(`the chart is ${open ? 'open' : 'closed'}`, async () => ((await chart(page).getAttribute('data-open')) === 'true') === open);
const focused = (page) => page.evaluate(() => document.activeElement?.closest('[data-testid], tr')?.outerHTML.slice(0, 80) + document.activeElement?.textContent);

for (const colorScheme of ['dark', 'light']) {
  test(`axe finds nothing, ${colorScheme}: live, with a chart, stale, disconnected, waiting, stopped`, async () => {
    const { page, close, last } = await interposedPage(browser, { colorScheme });
    const clean = async (where) => assert.deepEqual(await violations(page), [], where);
    await clean('live');
    await page.locator('tr[data-token] a').first().click();
    await isOpen(page, true);
    const token = await page.locator('tr[data-chosen]').getAttribute('data-token');
    last().send(JSON.stringify({ type: 'feed:stale', tokenId: token, ageMs: 60_000, expectedMs: 2_000 }));
    await clean('with the chart of a stale token');
    await page.getByTestId('toggle').click();
    await lampIs(page, 'idle');
    await clean('disconnected');
    await page.getByTestId('toggle').click();
    await lampIs(page, 'live');
    last().send(JSON.stringify({ type: 'drain', retryAfterMs: 60_000 }));
    await last().close({ code: 4103 });
    await lampIs(page, 'reconnecting');
    await clean('waiting for the next try');
    await page.getByTestId('retry').click();
    await lampIs(page, 'live');
    await last().close({ code: 4003 });
    await lampIs(page, 'stopped');
    await clean('stopped');
    await close();
  });
}

test('the keyboard reaches everything, and always shows where it is', async () => {
  const { page, complaints, close } = await newPage(browser);
  await lampIs(page, 'live');
  await pricesMove(page);
  const isVisible = () => page.evaluate(() => {
    const element = document.activeElement;
    const shown = element instanceof HTMLInputElement ? element.nextElementSibling : element;
    return getComputedStyle(shown).outlineStyle !== 'none';
  });
  await page.keyboard.press('Tab');
  assert.match(await focused(page), /Disconnect$/);
  assert.ok(await isVisible(), 'the button');
  await page.keyboard.press('Enter');
  await lampIs(page, 'idle');
  await page.keyboard.press('Space');
  await lampIs(page, 'live');

  await page.keyboard.press('Tab');
  assert.ok(await isVisible(), 'the first token');
  await page.keyboard.press('Tab');
  const token = await page.evaluate(() => document.activeElement.closest('tr').dataset.token);
  await page.keyboard.press('Enter');
  await isOpen(page, true);
  assert.equal(await page.getByTestId('chart-token').textContent(), token);
  assert.equal(new URL(page.url()).hash, `#${token}`);

  const radio = page.getByRole('radio', { name: 'Line' });
  const stops = (await page.locator('tr[data-token]').count()) + 5;
  for (let n = 0; n < stops && !(await radio.evaluate((element) => element === document.activeElement)); n += 1) await page.keyboard.press('Tab');
  assert.ok(await isVisible(), 'the ways to show a price');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getByRole('radio', { name: '10 s' }).isChecked(), true);
  await page.keyboard.press('Tab');
  assert.match(await focused(page), /Close$/);
  assert.ok(await isVisible(), 'Close');
  await page.keyboard.press('Enter');
  await isOpen(page, false);
  assert.equal(await page.evaluate(() => document.activeElement.closest('tr')?.dataset.token), token, 'back to where it came from');
  await page.keyboard.press('Enter');
  await isOpen(page, true);
  await radio.focus();
  await page.keyboard.press('Escape');
  await isOpen(page, false);
  assert.deepEqual(complaints, []);
  await close();
});

test('on a phone every control is large enough for a thumb', async () => {
  const { page, close } = await newPage(browser, { viewport: PHONE, hasTouch: true, isMobile: true, hash: '#BTC' });
  await isOpen(page, true);
  for (const locator of [page.getByTestId('toggle'), page.getByTestId('chart-close'), page.locator('.styles span').first()]) {
    const { width, height } = await locator.boundingBox();
    assert.ok(height >= 40 && width >= 36, `${await locator.textContent()}: ${width} x ${height}`);
  }
  const row = await page.locator('tr[data-token]').first().boundingBox();
  assert.ok(row.height >= 40, `a row is ${row.height} px high`);
  await shot(page, 'page-phone-touch');
  await close();
});

test('nothing but the page\'s own scripts runs, and it talks to nobody else', async () => {
  const { page, close } = await newPage(browser);
  await lampIs(page, 'live');
  const policy = await page.evaluate(async () => {
    const broken = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => broken.push(effectiveDirective));
    const attempts = [
      () => document.body.append(Object.assign(document.createElement('img'), { src: 'https://example.com/x.png' })),
      () => fetch('https://example.com/').catch(() => undefined),
      () => new WebSocket('ws://example.com/'),
      () => document.body.insertAdjacentHTML('beforeend', '<b onclick="1">x</b>'),
      () => document.body.setAttribute('onclick', 'alert(1)'),
      () => document.body.append(Object.assign(document.createElement('style'), { textContent: 'body{color:red}' })),
      () => (0, eval)('1'),
    ];
    for (const attempt of attempts) {
      try {
        await attempt();
      } catch {
        // That is what should happen.
      }
    }
    await new Promise((done) => setTimeout(done, 200));
    return broken;
  });
  for (const directive of ['img-src', 'connect-src', 'require-trusted-types-for', 'style-src-elem']) {
    assert.ok(policy.includes(directive), `${directive} in ${policy}`);
  }
  assert.equal(policy.filter((directive) => directive === 'connect-src').length, 2);
  const hosts = new Set();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await page.reload();
  await pricesMove(page);
  assert.deepEqual([...hosts], [new URL(pageUrl()).host]);
  await close();
});
