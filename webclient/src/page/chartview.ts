// The card beside the table: the chosen token, its price over time, and what there is to say about either.

import type { OdinClient } from '../client/index.ts';
import { CHART_STYLES, type ChartStyle } from './candles.ts';
import type { ChartCanvas } from './chartcanvas.ts';
import type { ChartFeed } from './chartfeed.ts';
import type { Colours } from './colours.ts';
import { need, setData, setText } from './dom.ts';
import { SEEN_EVERY_MS } from './drawqueue.ts';
import { ARROWS, directionOf, formatAge, formatChange, formatPrice, NOTHING } from './format.ts';
import type { TokenBook, TokenRow } from './tokenbook.ts';

export class ChartView {
  private readonly card = need('chart');
  private readonly body = need('chart-body');
  private readonly hint = need('chart-hint');
  private readonly area = need('chart-area');
  private readonly change = need('chart-change');
  private readonly client: OdinClient;
  private readonly book: TokenBook;
  private readonly feed: ChartFeed;
  private readonly colours: Colours;
  private style: ChartStyle = 'line';
  private canvas: ChartCanvas | undefined;
  private loading = false;
  private broken = false;
  private shown = '';
  private drawnAt = -Infinity;

  constructor(client: OdinClient, book: TokenBook, feed: ChartFeed, colours: Colours, closed: (tokenId: string) => void) {
    this.client = client;
    this.book = book;
    this.feed = feed;
    this.colours = colours;
    const close = (): void => void (feed.tokenId !== undefined && closed(feed.tokenId));
    need('chart-close').addEventListener('click', close);
    this.card.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
    need('chart-styles').addEventListener('change', ({ target }) => this.choose((target as HTMLInputElement).value));
  }

  draw(now: number, serverNow: number): void {
    const { tokenId } = this.feed;
    this.body.hidden = tokenId === undefined;
    this.hint.hidden = tokenId !== undefined;
    setData(this.card, 'open', tokenId === undefined ? undefined : 'true');
    if (tokenId === undefined) return;
    this.drawHead(tokenId, this.book.find(tokenId), serverNow);
    this.drawPrices(tokenId, now);
    setText(need('chart-note'), this.note());
  }

  private choose(value: string): void {
    this.style = CHART_STYLES.find((style) => String(style) === value) ?? this.style;
  }

  private drawHead(tokenId: string, row: TokenRow | undefined, serverNow: number): void {
    const { price, decimals, change } = row ?? {};
    const direction = change === undefined ? 'flat' : directionOf(change);
    setText(need('chart-token'), tokenId);
    setText(need('chart-price'), price === undefined ? NOTHING : formatPrice(price, decimals));
    setText(need('chart-arrow'), ARROWS[direction]);
    setText(need('chart-percent'), change === undefined ? '' : formatChange(change));
    setData(this.change, 'direction', direction);
    this.drawStale(tokenId, row, serverNow);
  }

  private drawStale(tokenId: string, row: TokenRow | undefined, serverNow: number): void {
    const stale = this.client.staleFeed(tokenId);
    const ageMs = row?.timestamp === undefined ? stale?.ageMs : serverNow - row.timestamp;
    setData(this.card, 'stale', stale ? 'true' : undefined);
    setText(need('chart-stale'), stale ? `stale ${formatAge(ageMs ?? 0)}, normally within ${formatAge(stale.expectedMs)}` : '');
  }

  /** A whole chart is much to paint: what changed by a hand is there at once, prices as often as an eye can follow. */
  private isDue(tokenId: string, now: number): boolean {
    const shown = `${tokenId} ${this.style} ${this.feed.filling.name} ${this.colours.revision} ${this.canvas !== undefined}`;
    if (shown === this.shown && now - this.drawnAt < SEEN_EVERY_MS) return false;
    this.shown = shown;
    this.drawnAt = now;
    return true;
  }

  private drawPrices(tokenId: string, now: number): void {
    const { series, filling } = this.feed;
    setData(this.card, 'filling', filling.name);
    setData(this.card, 'bars', String(series.bars.length));
    this.label(`Price of ${tokenId} over time`);
    if (!this.canvas && !this.loading) void this.load();
    if (this.isDue(tokenId, now)) this.canvas?.draw(series, this.style);
  }

  private label(text: string): void {
    if (this.area.ariaLabel !== text) this.area.ariaLabel = text;
  }

  private note(): string {
    const { series, filling } = this.feed;
    if (this.broken) return 'The chart could not be loaded';
    if (filling.name === 'failed') return `No history: ${filling.reason}`;
    if (filling.name === 'loading' || !this.canvas) return 'Loading history';
    return series.bars.length === 0 ? 'No past prices' : '';
  }

  /** Once; drawn with the next frame. */
  private async load(): Promise<void> {
    this.loading = true;
    try {
      const { ChartCanvas } = await import('./chartcanvas.ts');
      this.canvas = new ChartCanvas(this.area, this.colours);
    } catch {
      this.broken = true;
    }
  }
}
