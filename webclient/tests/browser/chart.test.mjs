// The chart, stale tokens and thinned updates on the page. The gateway is the real one (ODIN_PAGE_URL); histories and
// what a test must be sure of are slipped in by the test, for tokens that the gateway does not have.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESKTOP, PHONE, WALL, assertNothingOverflows, eventually, interposedPage, lampIs, launch, newPage, pageUrl, pricesMove, shot } from './support.mjs';

const ACCENT = { dark: [0x5b, 0x9b, 0xff], light: [0x1a, 0x62, 0xd6] };
const HISTORY_UPDATES = 300;

let browser;

before(async () => {
  pageUrl();
  browser = await launch();
});

after(() => browser?.close());

/** One update every second, the one of now has the seq HISTORY_UPDATES. */
function update(tokenId, seq, more = {}) {
  const timestamp = Date.now() - (HISTORY_UPDATES - seq) * 1_000;
  const price = 100 + 5 * Math.sin(seq / 25) + Math.sin(seq * 7);
  return { type: 'price:update', tokenId, price, volume24h: 1e6, priceChange24h: 1.5, timestamp, source: 'trade', nonce: `n${seq}`, seq, prev: seq - 1, ...more };
}

function history({ type, id, tokenId, limit }) {
  if (type !== 'history') return undefined;
  const updates = Array.from({ length: HISTORY_UPDATES }, (_, i) => update(tokenId, i + 1));
  return { type, id, tokenId, updates: updates.slice(-limit) };
}

/** A live page with the token TEST, which only we speak for. */
async function withTestToken(options = {}) {
  const opened = await interposedPage(browser, { answer: history, ...options });
  const say = (message) => opened.last().send(JSON.stringify(message));
  say(update('TEST', HISTORY_UPDATES));
  const row = opened.page.locator('tr[data-token="TEST"]');
  await row.waitFor();
  return { ...opened, say, row };
}

/** The lines in the rows ask for less. */
const isForChart = ({ type, limit }) => type === 'history' && limit === 1_000;

const chart = (page) => page.getByTestId('chart');
const bars = async (page) => Number(await chart(page).getAttribute('data-bars'));
const isOpen = (page, open) => eventually(`the chart is ${open ? 'open' : 'closed'}`, async () => ((await chart(page).getAttribute('data-open')) === 'true') === open);
const filled = (page) => eventually('a filled chart', async () => (await chart(page).getAttribute('data-filling')) === 'filled');

/** Whether there is something of this colour on any of the chart's canvases. */
function isPainted(page, colour) {
  return page.getByTestId('chart-area').evaluate((area, wanted) => {
    const pixels = (canvas) => {
      // Read from a copy: reading the page's own canvas would change how the browser draws it.
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      return copy.getImageData(0, 0, canvas.width, canvas.height).data;
    };
    const isWanted = (data, i) => data[i + 3] > 200 && wanted.every((value, channel) => Math.abs(data[i + channel] - value) < 8);
    const painted = (data) => data.filter((_, i) => i % 4 === 0 && isWanted(data, i)).length;
    const canvases = [...area.querySelectorAll('canvas')].filter(({ width, height }) => width > 0 && height > 0);
    return canvases.some((canvas) => painted(pixels(canvas)) > 100);
  }, colour);
}

const lineIsDrawn = (page, scheme = 'dark') => isPainted(page, ACCENT[scheme]);

test('a click opens the chart, filled from history and continued live', async () => {
  const scripts = [];
  const { page, complaints, say, row, sent, close } = await withTestToken();
  page.on('request', (request) => scripts.push(new URL(request.url()).pathname));
  assert.equal(await chart(page).getByTestId('chart-area').isVisible(), false);
  await row.click();
  await filled(page);
  await eventually('the line', () => lineIsDrawn(page));
  assert.equal(scripts.filter((path) => path.includes('chart')).length, 1, 'the library comes with the first chart only');
  assert.deepEqual(sent.filter(isForChart).map(({ tokenId }) => tokenId), ['TEST']);
  assert.equal(await page.getByTestId('chart-token').textContent(), 'TEST');
  assert.equal(await page.getByTestId('chart-note').textContent(), '');
  assert.equal(await row.getAttribute('data-chosen'), 'true');
  assert.ok((await bars(page)) >= HISTORY_UPDATES - 1);
  const before = await bars(page);
  say(update('TEST', HISTORY_UPDATES + 1, { price: 77.77, timestamp: Date.now() + 5_000 }));
  await eventually('the live price', async () => (await page.getByTestId('chart-price').textContent()) === '77.770');
  assert.equal(await bars(page), before + 1);
  assert.deepEqual(complaints, []);
  await close();
});

test('the address names the token; Close and Back work', async () => {
  const { page, complaints, close } = await interposedPage(browser, { answer: history, hash: '#TEST' });
  await isOpen(page, true);
  await filled(page);
  assert.equal(await page.getByTestId('chart-token').textContent(), 'TEST');
  await page.getByTestId('chart-close').click();
  await isOpen(page, false);
  assert.equal(new URL(page.url()).hash, '');
  await page.goBack();
  await isOpen(page, true);
  assert.deepEqual(complaints, []);
  await close();
});

test('the keyboard opens it', async () => {
  const { page, row, close } = await withTestToken();
  await row.locator('a').focus();
  await page.keyboard.press('Enter');
  await isOpen(page, true);
  assert.equal(await row.locator('a').getAttribute('aria-current'), 'true');
  assert.equal(new URL(page.url()).hash, '#TEST');
  await close();
});

test('after a reconnect that could not recover, the chart is made anew', async () => {
  const answer = (command) =>
    command.type === 'subscribe' && command.resume
      ? { type: 'subscribed', id: command.id, tokens: ['*'], channels: ['price'], mode: 'auto', recovered: false }
      : history(command);
  const { page, row, last, sent, close } = await withTestToken({ answer });
  await row.click();
  await filled(page);
  const asked = () => sent.filter(isForChart).length;
  assert.equal(asked(), 1);
  await last().close({ code: 4200 });
  await eventually('a second history', () => asked() === 2);
  await filled(page);
  await eventually('the line', () => lineIsDrawn(page));
  assert.ok((await bars(page)) >= HISTORY_UPDATES - 1);
  await close();
});

test('a refused history is told, and live prices are drawn all the same', async () => {
  const answer = (command) => (command.type === 'history' ? { type: 'error', id: command.id, code: 103, reason: 'permission denied', retryable: false } : undefined);
  const { page, complaints, row, say, close } = await withTestToken({ answer });
  await row.click();
  const note = page.getByTestId('chart-note');
  await eventually('the reason', async () => (await note.textContent()) === 'No history: permission denied');
  say(update('TEST', HISTORY_UPDATES + 1, { timestamp: Date.now() + 3_000 }));
  await eventually('live bars', async () => (await bars(page)) === 2);
  assert.deepEqual(complaints, []);
  await close();
});

test('a stale token is greyed with its age and says so, until its next price', async () => {
  const { page, row, say, close } = await withTestToken();
  await row.click();
  const stale = page.getByTestId('chart-stale');
  const age = () => row.locator('[data-col="age"]').innerText();
  const colour = () => row.locator('[data-col="token"]').evaluate((cell) => getComputedStyle(cell).color);
  const normal = await colour();
  for (const end of [{ type: 'feed:live', tokenId: 'TEST', ageMs: 0, expectedMs: 2_000 }, update('TEST', HISTORY_UPDATES + 1)]) {
    say({ type: 'feed:stale', tokenId: 'TEST', ageMs: 9_000, expectedMs: 2_000 });
    await eventually('the mark', async () => (await row.getAttribute('data-stale')) === 'true');
    assert.match(await age(), /^stale [\d.]+ (s|min)$/);
    assert.notEqual(await colour(), normal);
    await eventually('the words', async () => /^stale [\d.]+ (s|min), normally within 2\.0 s$/.test(await stale.textContent()));
    say(end);
    await eventually('no mark', async () => (await row.getAttribute('data-stale')) === null && (await stale.textContent()) === '');
    assert.doesNotMatch(await age(), /stale/);
  }
  await close();
});

test('thinned updates are a number in the strip, and no holes', async () => {
  const { page, say, close } = await withTestToken();
  const meter = (name) => page.getByTestId(`meter-${name}`).textContent();
  const before = Number(await meter('thinned'));
  say(update('TEST', HISTORY_UPDATES + 9, { prev: HISTORY_UPDATES + 8, conflated: 8 }));
  await eventually('the number', async () => Number(await meter('thinned')) >= before + 8);
  assert.equal(await meter('holes'), '0');
  await close();
});

test('the price can be shown as candles, and goes on live', async () => {
  const { page, complaints, say, row, close } = await withTestToken();
  await row.click();
  await filled(page);
  const candle = (scheme) => ({ dark: [[0x35, 0xbf, 0x94], [0xf5, 0x8b, 0x55]], light: [[0x08, 0x70, 0x5a], [0xad, 0x4a, 0x0c]] })[scheme];
  for (const name of ['10 s', '1 min', '5 min']) {
    await page.getByRole('radio', { name }).check({ force: true });
    await eventually(`candles of ${name}`, async () => (await isPainted(page, candle('dark')[0])) || isPainted(page, candle('dark')[1]));
    assert.equal(await isPainted(page, ACCENT.dark), false, 'the line is gone');
  }
  await page.getByRole('radio', { name: '10 s' }).check({ force: true });
  say(update('TEST', HISTORY_UPDATES + 1, { price: 150, timestamp: Date.now() + 1_000 }));
  await eventually('the live price', async () => /^150\.0+$/.test(await page.getByTestId('chart-price').textContent()));
  await shot(page, 'chart-candles');
  await page.emulateMedia({ colorScheme: 'light' });
  await eventually('the other colours', async () => (await isPainted(page, candle('light')[0])) && isPainted(page, candle('light')[1]));
  await page.getByRole('radio', { name: 'Line' }).check({ force: true });
  await eventually('the line', () => lineIsDrawn(page, 'light'));
  assert.deepEqual(complaints, []);
  await close();
});

test('with a chart nothing overflows, from a phone to a wall, dark and light', async () => {
  const cases = [['phone', PHONE, 'dark'], ['phone', PHONE, 'light'], ['desktop', DESKTOP, 'light'], ['wall', WALL, 'dark']];
  for (const [name, viewport, colorScheme] of cases) {
    const { page, complaints, row, say, close } = await withTestToken({ viewport, colorScheme });
    await row.click();
    await filled(page);
    say({ type: 'feed:stale', tokenId: 'TEST', ageMs: 9_000, expectedMs: 2_000 });
    await eventually('the line', () => lineIsDrawn(page, colorScheme));
    await assertNothingOverflows(page, `${name}, ${colorScheme}`);
    await shot(page, `chart-${name}-${colorScheme}`);
    assert.deepEqual(complaints, []);
    await close();
  }
});

test('against the gateway alone the chart follows its prices', async () => {
  const { page, complaints, close } = await newPage(browser);
  await lampIs(page, 'live');
  await pricesMove(page);
  await page.locator('tr[data-token]').first().click();
  await isOpen(page, true);
  await eventually('an answer', async () => ['filled', 'failed'].includes(await chart(page).getAttribute('data-filling')), 20_000);
  await eventually('a bar', async () => (await bars(page)) > 0);
  await shot(page, 'chart-gateway');
  assert.deepEqual(complaints, []);
  await close();
});
