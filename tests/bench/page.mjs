// page.mjs [--tokens 100] [--rate 1000] [--seconds 60] [--web-root DIR, another build of the page]: what the page costs the browser that shows it. Starts a gateway
// with so many simulated tokens, which move so often in all, shows its page in headless Chromium with a chart open, and
// prints frame rate, main-thread time and heap. Frames of a headless browser are drawn by the CPU: no graphics card helps.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIN = process.env.ODIN_BIN ?? path.join(ROOT, 'build/release/bin');
const WARM_UP_MS = 10_000;

const { values } = parseArgs({ options: { tokens: { type: 'string' }, rate: { type: 'string' }, seconds: { type: 'string' }, 'web-root': { type: 'string' } } });
const tokens = Number(values.tokens ?? 100);
const rate = Number(values.rate ?? 1_000);
const seconds = Number(values.seconds ?? 60);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** A gateway of our own; gives its page. */
async function startGateway(folder) {
  const names = Array.from({ length: tokens }, (_, n) => `T${n}`);
  const args = ['--listen', '127.0.0.1:0', '--admin', '127.0.0.1:0', '--state-dir', folder, '--tokens', names.join(), '--interval', String(Math.round((tokens / rate) * 1_000))];
  if (values['web-root']) args.push('--web-root', values['web-root']);
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('ODIN_')); // those would be settings of it
  const env = { ...Object.fromEntries(kept), PATH: `${process.env.PATH}:/usr/sbin` };
  const child = spawn(path.join(BIN, 'odin-gateway'), args, { stdio: ['ignore', 'pipe', 'ignore'], env });
  const line = await new Promise((done, failed) => {
    child.stdout.once('data', (text) => done(String(text)));
    child.once('exit', () => failed(new Error('the gateway ended')));
  });
  return { child, page: /page=(\S+)/.exec(line)[1] };
}

/** In the page: when each frame came, and every task over 50 ms. */
function watchFrames() {
  window.frames_ = [];
  window.longTasks_ = [];
  const frame = (now) => {
    window.frames_.push(now);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => window.longTasks_.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
}

async function readings(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return { ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])), at: performance.now() / 1_000 };
}

/** What is alive, after all that is not was collected. */
async function heap(cdp) {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes } = await cdp.send('Memory.getDOMCounters');
  return { megabytes: usedSize / 2 ** 20, nodes };
}

function frameReport(frames) {
  const perSecond = new Map();
  for (const at of frames) perSecond.set(Math.floor(at / 1_000), (perSecond.get(Math.floor(at / 1_000)) ?? 0) + 1);
  const whole = [...perSecond.values()].slice(1, -1).sort((a, b) => a - b);
  const gaps = frames.slice(1).map((at, n) => at - frames[n]).sort((a, b) => a - b);
  const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  return {
    count: frames.length,
    mean: ((frames.length - 1) * 1_000) / (frames.at(-1) - frames[0]),
    worstSecond: whole[0],
    p99Ms: quantile(gaps, 0.99),
    maxMs: gaps.at(-1),
  };
}

async function measure(page, cdp) {
  const heaps = [await heap(cdp)];
  const before = await readings(cdp);
  const loads = [loadavg()[0]];
  await page.evaluate(watchFrames);
  await sleep((seconds * 1_000) / 2);
  loads.push(loadavg()[0]);
  heaps.push(await heap(cdp));
  await sleep((seconds * 1_000) / 2);
  const { frames, longTasks } = await page.evaluate(() => ({ frames: window.frames_, longTasks: window.longTasks_ }));
  const after = await readings(cdp);
  const meters = await page.locator('.meter').allInnerTexts();
  heaps.push(await heap(cdp));
  return { frames: frameReport(frames), longTasks, before, after, heaps, meters, loads };
}

function print({ frames, longTasks, before, after, heaps, meters, loads }) {
  const span = after.at - before.at;
  const share = (name) => `${((100 * (after[name] - before[name])) / span).toFixed(1)}%`;
  console.log(`${tokens} tokens, ${rate} updates/s asked for, ${seconds} s; load of the machine ${loads.map((load) => load.toFixed(1)).join(' to ')}`);
  console.log(`the page says: ${meters.map((text) => text.replace(/\s+/g, ' ')).join(', ')}`);
  console.log(`frames/s: mean ${frames.mean.toFixed(1)}, worst second ${frames.worstSecond}; between frames: p99 ${frames.p99Ms.toFixed(1)} ms, longest ${frames.maxMs.toFixed(0)} ms`);
  const perFrame = (1_000 * (after.TaskDuration - before.TaskDuration)) / frames.count;
  console.log(`main thread: ${perFrame.toFixed(1)} ms of CPU time per frame, ${share('TaskDuration')} of a core (script ${share('ScriptDuration')}, style ${share('RecalcStyleDuration')}, layout ${share('LayoutDuration')}); tasks over 50 ms: ${longTasks.length}`);
  console.log(`heap after collection: ${heaps.map(({ megabytes, nodes }) => `${megabytes.toFixed(2)} MiB, ${nodes} nodes`).join(' -> ')}`);
}

const folder = mkdtempSync(path.join(tmpdir(), 'odin-page-'));
const gateway = await startGateway(folder);
process.env.ODIN_PAGE_URL = gateway.page;
const { launch, lampIs, newPage } = await import('../../webclient/tests/browser/support.mjs');
const browser = await launch();
try {
  const { page, complaints } = await newPage(browser, { hash: '#T0' });
  await lampIs(page, 'live', 30_000);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await sleep(WARM_UP_MS);
  print(await measure(page, cdp));
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
} finally {
  await browser.close();
  gateway.child.kill('SIGTERM');
  await new Promise((done) => gateway.child.once('exit', done));
  rmSync(folder, { recursive: true, force: true });
}
