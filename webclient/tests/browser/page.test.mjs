// The page in a real browser against a running gateway with simulated tokens, whose address is in ODIN_PAGE_URL.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESKTOP, PHONE, eventually, firstPrices, lampIs, launch, newPage, pageUrl, prices, pricesMove, shot } from './support.mjs';

const FIRST_PRICE_LIMIT_MS = 10_000;

let browser;

before(async () => {
  pageUrl();
  browser = await launch();
});

after(() => browser?.close());

test('the lamp becomes live and the first price is there in time', async (t) => {
  const started = Date.now();
  const { page, complaints, close } = await newPage(browser);
  await firstPrices(page, FIRST_PRICE_LIMIT_MS);
  t.diagnostic(`first price after ${Date.now() - started} ms`);
  await lampIs(page, 'live');
  assert.equal(await page.getByTestId('lamp-word').textContent(), 'Live');
  assert.equal(await page.getByTestId('simulated').isVisible(), true);
  assert.equal(await page.getByTestId('notice').isVisible(), false);
  assert.deepEqual(complaints, []);
  await close();
});

test('prices move, and the figures of the strip are filled in', async () => {
  const { page, complaints, close } = await newPage(browser);
  await lampIs(page, 'live');
  await pricesMove(page);
  await stripIsFilled(page);
  assert.equal(await page.getByTestId('meter-holes').textContent(), '0');
  const row = page.locator('tr[data-token]').first();
  assert.match(await row.locator('[data-col="change"]').innerText(), /^([▲▼]\s*[+\u2212])?[\d.,]+%$/);
  assert.match(await row.locator('[data-col="age"]').innerText(), /^(stale )?[\d.]+ (s|min)$/);
  assert.deepEqual(complaints, []);
  await close();
});

test('Disconnect stops the prices and Connect resumes them', async () => {
  const { page, complaints, close } = await newPage(browser);
  await lampIs(page, 'live');
  await pricesMove(page);
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await lampIs(page, 'idle');
  const stopped = await prices(page);
  await page.waitForTimeout(3_000);
  assert.deepEqual(await prices(page), stopped, 'prices stand still while disconnected');
  await shot(page, 'page-disconnected');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await lampIs(page, 'live');
  await pricesMove(page);
  assert.deepEqual(complaints, []);
  await close();
});

test('nothing overflows sideways, from a phone to a wide screen', async () => {
  for (const [name, viewport] of [['phone', PHONE], ['desktop', DESKTOP], ['wall', { width: 3840, height: 2160 }]]) {
    const { page, complaints, close } = await newPage(browser, { viewport });
    await lampIs(page, 'live');
    await pricesMove(page);
    await stripIsFilled(page);
    const { inner, wide } = await page.evaluate(() => ({ inner: document.documentElement.clientWidth, wide: document.documentElement.scrollWidth }));
    assert.ok(wide <= inner, `${name}: content is ${wide} px wide in ${inner} px`);
    assert.deepEqual(await clippedCells(page), [], `${name}: every number is readable`);
    await shot(page, `page-${name}-dark`);
    assert.deepEqual(complaints, []);
    await close();
  }
});

test('the keyboard reaches the button', async () => {
  const { page, close } = await newPage(browser);
  await lampIs(page, 'live');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await lampIs(page, 'idle');
  await close();
});

test('the light colours come with the system setting', async () => {
  const { page, close } = await newPage(browser, { colorScheme: 'light' });
  await lampIs(page, 'live');
  await stripIsFilled(page);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(244, 246, 248)');
  await shot(page, 'page-desktop-light');
  await close();
});

async function stripIsFilled(page) {
  const meter = (name) => page.getByTestId(`meter-${name}`).textContent();
  for (const name of ['round-trip', 'p50', 'p99']) {
    await eventually(`a figure for ${name}`, async () => /^[\d.,]+ m?s$/.test(await meter(name)));
  }
  await eventually('an update rate', async () => parseFloat(await meter('updates')) > 0);
}

/** Texts of visible cells that are cut off with an ellipsis. */
function clippedCells(page) {
  return page.locator('tr[data-token] > *').evaluateAll((cells) =>
    cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent),
  );
}
