// Puts the page together: client -> book -> views, drawn at most once per animation frame.

import { OdinClient } from '../client/index.ts';
import { ChartFeed } from './chartfeed.ts';
import { ChartView } from './chartview.ts';
import { loadConfig } from './config.ts';
import { FrameLoop } from './frame.ts';
import { Selection } from './selection.ts';
import { StatusView } from './statusview.ts';
import { StripView } from './stripview.ts';
import { TableView } from './tableview.ts';
import { TokenBook } from './tokenbook.ts';

/** Ages and countdowns go on when no price comes. */
const TICK_MS = 100;

async function start(): Promise<void> {
  const config = await loadConfig(location.href);
  const client = new OdinClient({ url: config.wsUrl });
  const status = new StatusView(client);
  status.simulated(config.simulated);
  client.on('welcome', (welcome) => status.simulated(welcome.simulated));
  show(client, status);
  window.addEventListener('online', () => client.retryNow());
  client.subscribe({ tokens: ['*'], channels: ['price', 'volume', 'market'] });
  client.connect();
}

/** From here on everything that arrives is drawn. */
function show(client: OdinClient, status: StatusView): void {
  const book = new TokenBook();
  const feed = new ChartFeed(client);
  const selection = new Selection((tokenId) => feed.choose(tokenId, tokenId === undefined ? undefined : book.find(tokenId)?.latest));
  const choose = (tokenId: string | undefined): void => {
    selection.choose(tokenId);
    frames.request();
  };
  const table = new TableView(book, choose);
  const chart = new ChartView(client, book, feed, () => choose(undefined));
  const strip = new StripView(client);
  const frames = new FrameLoop(() => {
    const now = performance.now();
    status.draw();
    strip.draw(now);
    table.draw(now, client.serverNow(), selection.tokenId);
    chart.draw(client.serverNow());
  });
  client.on('welcome', (welcome) => book.announce(welcome.tokens));
  client.on('volume', (update) => book.volume(update));
  client.on('stale', (tokenId) => book.stale(tokenId, client.staleFeed(tokenId) !== undefined));
  client.on('update', (event) => {
    const now = performance.now();
    book.update(event, now);
    strip.update(event, now);
    frames.request();
  });
  client.on('state', () => frames.request());
  window.setInterval(() => frames.request(), TICK_MS);
}

void start();
