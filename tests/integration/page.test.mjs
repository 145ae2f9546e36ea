// The page in headless Chromium against the real program: its own tests, and what it does when bus or gateway go away.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { Publisher, Server } from './bus.mjs';
import { ROOT, Running, startGateway, tokenFor } from './harness.mjs';
import { eventually } from './waiting.mjs';

const BROWSER_TESTS = path.join(ROOT, 'webclient/tests/browser');

for (const file of ['page.test.mjs', 'faults.test.mjs', 'chart.test.mjs', 'access.test.mjs']) {
  test(`webclient/tests/browser/${file}`, { timeout: 420_000 }, async (t) => {
    const gateway = await startGateway(t);
    const args = ['--test', '--test-reporter=spec', path.join(BROWSER_TESTS, file)];
    const run = new Running(t, process.execPath, args, { env: { ODIN_PAGE_URL: gateway.page } });
    const { code } = await run.exit(400_000);
    assert.equal(code, 0, run.stdout + run.stderr);
  });
}

/** A browser with the page of this gateway, and what the browser tests know about it. */
async function opened(t, gateway) {
  process.env.ODIN_PAGE_URL = gateway.page;
  const support = await import(pathToFileURL(path.join(BROWSER_TESTS, 'support.mjs')));
  const browser = await support.launch();
  t.after(() => browser.close());
  const { page } = await support.newPage(browser);
  const text = (id) => page.getByTestId(id).textContent();
  const leavesLive = () => page.locator('[data-testid="lamp"]:not([data-state="live"])').waitFor({ timeout: 15_000 });
  await support.lampIs(page, 'live');
  return { ...support, page, text, leavesLive };
}

test('the page recovers from a killed broker and from a restart of the gateway', { timeout: 120_000 }, async (t) => {
  const gateway = await startGateway(t, ['--interval', '100']);
  const { page, text, leavesLive, lampIs, pricesMove } = await opened(t, gateway);
  await pricesMove(page);

  process.kill(gateway.brokerPid(), 'SIGKILL');
  await leavesLive();
  await lampIs(page, 'live', 30_000);
  await pricesMove(page);

  gateway.signal('SIGTERM');
  assert.equal((await gateway.exit()).code, 0);
  await leavesLive();
  const where = new URL(gateway.page).host;
  await startGateway(t, ['--interval', '100', '--listen', where], { folder: gateway.folder });
  await lampIs(page, 'live', 45_000);
  await pricesMove(page);
  assert.equal(await text('meter-holes'), '0');
});

test('kill -9 of the gateway: the page counts down, resumes by itself, and shows what it missed', { timeout: 120_000 }, async (t) => {
  const bus = await Server.make(t);
  await bus.start();
  const publisher = new Publisher(await bus.connect());
  const gateway = await startGateway(t, ['--nats', bus.url]);
  await publisher.publish('KILLED', 1);
  const { page, text, leavesLive, lampIs, shot } = await opened(t, gateway);
  const price = page.locator('tr[data-token="KILLED"] [data-col="price"]');
  const shows = (what) => eventually(`the price ${what}`, async () => (await price.textContent()) === what, 20_000);
  await publisher.publish('KILLED', 2);
  await shows('2.0000');
  await page.evaluate(() => (Math.random = () => 0.999)); // the longest delays, for time to look

  await gateway.kill();
  await leavesLive();
  for (let n = 3; n <= 40; n += 1) await publisher.publish('KILLED', n);
  await eventually('the countdown', async () => /^Next try in [1-9]\d* s$/.test(await text('countdown')), 30_000);
  assert.equal(await page.getByTestId('retry').isVisible(), true);
  assert.equal(await price.textContent(), '2.0000', 'the last price stays');
  await shot(page, 'page-gateway-killed');
  await startGateway(t, ['--nats', bus.url, '--listen', new URL(gateway.page).host], { folder: gateway.folder });
  await lampIs(page, 'live', 60_000); // nobody touches the button
  await shows('40.0000');
  await eventually('the figures', async () => /^yes, 38/.test(await text('meter-resumed')));
  assert.equal(await text('meter-holes'), '0');
  await publisher.publish('KILLED', 41);
  await shows('41.0000');
});

test('where a token is needed the page asks for it, says what is wrong with one, and keeps a good one', { timeout: 120_000 }, async (t) => {
  const gateway = await startGateway(t, ['--auth', 'required', '--interval', '100']);
  process.env.ODIN_PAGE_URL = gateway.page;
  const { launch, newPage, lampIs, pricesMove, shot, eventually: until } = await import(pathToFileURL(path.join(BROWSER_TESTS, 'support.mjs')));
  const browser = await launch();
  t.after(() => browser.close());
  const { page } = await newPage(browser);
  const form = page.getByTestId('access');
  await form.waitFor({ timeout: 15_000 });
  assert.match(await page.getByTestId('access-hint').textContent(), /needs an access token/);
  await shot(page, 'page-access');
  const enter = async (token) => {
    await page.getByTestId('access-token').fill(token);
    await page.keyboard.press('Enter');
  };
  await enter('eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWxsb3J5In0.');
  await until('the refusal', async () => /did not take/.test(await page.getByTestId('access-hint').textContent()), 20_000);
  await enter(await tokenFor(gateway, ['--sub', 'alice']));
  await lampIs(page, 'live', 20_000);
  await form.waitFor({ state: 'hidden' });
  await pricesMove(page);
  await page.reload();
  await lampIs(page, 'live', 20_000);
});
