// Puts the page together: client -> book -> views, drawn at most once per animation frame.

import { OdinClient } from '../client/index.ts';
import { Access } from './access.ts';
import { ChartFeed } from './chartfeed.ts';
import { ChartView } from './chartview.ts';
import { Colours } from './colours.ts';
import { loadConfig } from './config.ts';
import { FrameLoop } from './frame.ts';
import { Selection } from './selection.ts';
import { StatusView } from './statusview.ts';
import { StripView } from './stripview.ts';
import { TableView, TICK_MS } from './tableview.ts';
import { TokenBook } from './tokenbook.ts';
import { TrendFill } from './trendfill.ts';

/**
 * What gateways keep in memory. After a longer absence, a night in a hidden tab for example, the present is there in one
 * round trip, and nobody needs the thousands of updates that led to it.
 */
const RESUME_MS_MAX = 120_000;

async function start(): Promise<void> {
  const config = await loadConfig(location.href);
  const access = config.authRequired ? new Access() : undefined;
  const client = new OdinClient({ url: config.wsUrl, resumeMsMax: RESUME_MS_MAX, ...(access && { token: access.token }) });
  const status = new StatusView(client);
  status.simulated(config.simulated);
  client.on('welcome', (welcome) => status.simulated(welcome.simulated));
  show(client, status, access);
  stayAwake(client);
  client.subscribe({ tokens: ['*'], channels: ['price', 'volume', 'market'] });
  if (access) access.start(client);
  else client.connect();
}

/** Whatever may have put the page or its network to sleep: back from it, the page does not wait for a timer. */
function stayAwake(client: OdinClient): void {
  const wake = (): void => client.wake();
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', ({ persisted }) => persisted && wake());
  document.addEventListener('resume', wake);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wake());
}

/** From here on everything that arrives is drawn. */
function show(client: OdinClient, status: StatusView, access: Access | undefined): void {
  const book = new TokenBook();
  const feed = new ChartFeed(client);
  const trends = new TrendFill(client, book);
  const colours = new Colours();
  const selection = new Selection((tokenId) => feed.choose(tokenId, tokenId === undefined ? undefined : book.find(tokenId)?.latest));
  const choose = (tokenId: string | undefined): void => {
    selection.choose(tokenId);
    frames.request();
  };
  const table = new TableView(book, colours, choose);
  const chart = new ChartView(client, book, feed, colours, (tokenId) => {
    choose(undefined);
    table.focus(tokenId);
  });
  const strip = new StripView(client);
  const frames = new FrameLoop(() => {
    const now = performance.now();
    status.draw();
    access?.draw();
    strip.draw(now);
    table.draw(now, client.serverNow(), selection.tokenId, status.isLive);
    chart.draw(now, client.serverNow());
  });
  client.on('welcome', (welcome) => book.announce(welcome.tokens));
  client.on('volume', (update) => book.volume(update));
  client.on('stale', (tokenId) => book.stale(tokenId, client.staleFeed(tokenId) !== undefined));
  client.on('update', (event) => {
    const now = performance.now();
    book.update(event, now);
    strip.update(event, now);
    if (event.origin === 'snapshot') void trends.start();
    frames.request();
  });
  client.on('state', () => frames.request());
  window.setInterval(() => frames.request(), TICK_MS);
}

void start();
