// What the browser tests share: the page's address, a browser, and a page that notes everything it complains about.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };
export const WALL = { width: 3840, height: 2160 };

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function pageUrl() {
  const url = process.env.ODIN_PAGE_URL;
  if (!url) throw new Error('Set ODIN_PAGE_URL to the address of a running gateway with simulated tokens, such as http://127.0.0.1:8080/.');
  return url;
}

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** A fresh page with its own storage. `complaints` collects console errors, warnings and uncaught exceptions. */
export async function newPage(browser, { viewport = DESKTOP, colorScheme = 'dark', hash = '', prepare = async () => {}, ...more } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, ...more });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`HTTP ${response.status()}: ${response.url()}`);
  });
  await prepare(page);
  await page.goto(pageUrl() + hash);
  return { page, complaints, close: () => context.close() };
}

/**
 * A live page whose every connection goes through us: `sockets` are its ends at the page, `sent` its commands.
 * `answer` is given each command; what it returns is sent back in place of the gateway's answer.
 * After `mute()` nothing comes over the newest connection any more, as if it were dead.
 */
export async function interposedPage(browser, { answer = () => undefined, prepare: first = async () => {}, ...options } = {}) {
  const sockets = [];
  const sent = [];
  const muted = new Set();
  const prepare = async (page) => {
    await first(page);
    await page.routeWebSocket(/\/ws$/, (socket) => {
      const server = socket.connectToServer();
      sockets.push(socket);
      server.onMessage((text) => muted.has(socket) || socket.send(text));
      socket.onMessage((text) => {
        const command = JSON.parse(text);
        sent.push(command);
        const own = answer(command);
        if (own === undefined) server.send(text);
        else socket.send(JSON.stringify(own));
      });
    });
  };
  const opened = await newPage(browser, { ...options, prepare });
  await lampIs(opened.page, 'live');
  await pricesMove(opened.page);
  const mute = () => muted.add(sockets.at(-1));
  return { ...opened, sockets, sent, mute, last: () => sockets.at(-1), subscribes: () => sent.filter((command) => command.type === 'subscribe') };
}

/** Waits until the lamp is in this state. */
export function lampIs(page, state, timeout = 10_000) {
  return page.locator(`[data-testid="lamp"][data-state="${state}"]`).waitFor({ timeout });
}

/** The prices on the page by token, of those that have one. */
export function prices(page) {
  return page.locator('tr[data-token]').evaluateAll((rows) =>
    Object.fromEntries(
      rows
        .map((row) => [row.dataset.token, row.querySelector('[data-col="price"]').textContent])
        .filter(([, price]) => /\d/.test(price)),
    ),
  );
}

/** Polls until `check` gives something true, and gives it back. */
export async function eventually(what, check, timeout = 10_000) {
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    const result = await check();
    if (result) return result;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`not within ${timeout} ms: ${what}`);
}

/** Waits for the first price of all and gives all that are there. */
export function firstPrices(page, timeout = 10_000) {
  const some = async () => {
    const found = await prices(page);
    return Object.keys(found).length > 0 && found;
  };
  return eventually('the first price', some, timeout);
}

/** Resolves when a price differs from how it was at the call. */
export async function pricesMove(page, timeout = 15_000) {
  const before = await firstPrices(page);
  const moved = async () => Object.entries(await prices(page)).some(([token, price]) => token in before && before[token] !== price);
  await eventually('a price that changes', moved, timeout);
}

/** Whether everything fits: nothing to scroll sideways, and no cell that is cut off. */
export async function assertNothingOverflows(page, where) {
  const { inner, wide } = await page.evaluate(() => ({ inner: document.documentElement.clientWidth, wide: document.documentElement.scrollWidth }));
  assert.ok(wide <= inner, `${where}: content is ${wide} px wide in ${inner} px`);
  const clipped = await page.locator('tr[data-token] :is(td, th, a, .value)').evaluateAll((cells) => cells.filter((c) => c.scrollWidth > c.clientWidth).map((c) => c.textContent));
  assert.deepEqual(clipped, [], `${where}: every number is readable`);
}

/** Saves a picture for a person to look at, if a folder is given in ODIN_SHOTS. */
export async function shot(page, name) {
  const folder = process.env.ODIN_SHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
