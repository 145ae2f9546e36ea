// The page in headless Chromium against the real program: its own tests, and what it does when bus or gateway go away.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { ROOT, Running, startGateway } from './harness.mjs';

const BROWSER_TESTS = path.join(ROOT, 'webclient/tests/browser');

for (const file of ['page.test.mjs', 'faults.test.mjs', 'chart.test.mjs']) {
  test(`webclient/tests/browser/${file}`, { timeout: 240_000 }, async (t) => {
    const gateway = await startGateway(t);
    const args = ['--test', '--test-reporter=spec', path.join(BROWSER_TESTS, file)];
    const run = new Running(t, process.execPath, args, { env: { ODIN_PAGE_URL: gateway.page } });
    const { code } = await run.exit(220_000);
    assert.equal(code, 0, run.stdout + run.stderr);
  });
}

test('the page recovers from a killed broker and from a restart of the gateway', { timeout: 120_000 }, async (t) => {
  const gateway = await startGateway(t, ['--interval', '100']);
  process.env.ODIN_PAGE_URL = gateway.page;
  const { lampIs, launch, newPage, pricesMove } = await import(pathToFileURL(path.join(BROWSER_TESTS, 'support.mjs')));
  const browser = await launch();
  t.after(() => browser.close());
  const { page } = await newPage(browser);
  await lampIs(page, 'live');
  await pricesMove(page);

  process.kill(gateway.brokerPid(), 'SIGKILL');
  await page.locator('[data-testid="lamp"]:not([data-state="live"])').waitFor({ timeout: 15_000 });
  await lampIs(page, 'live', 30_000);
  await pricesMove(page);

  gateway.signal('SIGTERM');
  assert.equal((await gateway.exit()).code, 0);
  await page.locator('[data-testid="lamp"]:not([data-state="live"])').waitFor({ timeout: 15_000 });
  const where = new URL(gateway.page).host;
  await startGateway(t, ['--interval', '100', '--listen', where], { folder: gateway.folder });
  await lampIs(page, 'live', 45_000);
  await pricesMove(page);
  assert.equal(await page.getByTestId('meter-holes').textContent(), '0');
});
