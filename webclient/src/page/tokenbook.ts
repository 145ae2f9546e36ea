// What the page knows of each token, without DOM. Rows keep the order of their first appearance: nothing jumps.

import type { PriceUpdate, UpdateEvent, VolumeUpdate } from '../client/index.ts';
import { steadyDecimals } from './format.ts';
import { Trend } from './trend.ts';

/** More rows than a table without virtual scrolling should carry. */
export const ROWS_MAX = 1_000;

export type Move = 'up' | 'down';

export interface TokenRow {
  readonly tokenId: string;
  latest: PriceUpdate | undefined;
  price: number | undefined;
  decimals: number | undefined;
  change: number | undefined;
  volume: number | undefined;
  timestamp: number | undefined;
  stale: boolean;
  readonly trend: Trend;
  /** Direction of the last change of price, and when the page saw it (local clock). */
  move: Move | undefined;
  movedAt: number;
}

export class TokenBook {
  private readonly rows = new Map<string, TokenRow>();
  private readonly changed = new Set<TokenRow>();

  get size(): number {
    return this.rows.size;
  }

  all(): Iterable<TokenRow> {
    return this.rows.values();
  }

  find(tokenId: string): TokenRow | undefined {
    return this.rows.get(tokenId);
  }

  /** Rows that changed since this was last asked. */
  takeChanged(): TokenRow[] {
    const taken = [...this.changed];
    this.changed.clear();
    return taken;
  }

  /** Tokens that the gateway knows, before their prices come. */
  announce(tokens: readonly string[]): void {
    for (const tokenId of tokens) this.row(tokenId);
  }

  update({ update, origin }: UpdateEvent, now: number): void {
    const row = this.row(update.tokenId);
    if (!row) return;
    if (origin !== 'snapshot') this.noteMove(row, update, now);
    row.latest = update;
    row.price = update.price;
    row.decimals = steadyDecimals(update.price, row.decimals);
    row.change = update.priceChange24h;
    row.volume = update.volume24h;
    row.timestamp = update.timestamp;
    row.trend.add(update);
    this.changed.add(row);
  }

  volume(update: VolumeUpdate): void {
    const row = this.row(update.tokenId);
    if (!row) return;
    row.volume = update.volume24h;
    this.changed.add(row);
  }

  stale(tokenId: string, stale: boolean): void {
    const row = this.row(tokenId);
    if (!row) return;
    row.stale = stale;
    this.changed.add(row);
  }

  fillTrend(row: TokenRow, history: readonly PriceUpdate[]): void {
    row.trend.fill(history);
    this.changed.add(row);
  }

  private noteMove(row: TokenRow, update: PriceUpdate, now: number): void {
    if (row.price === undefined || row.price === update.price) return;
    row.move = update.price > row.price ? 'up' : 'down';
    row.movedAt = now;
  }

  /** Undefined when the book is full. */
  private row(tokenId: string): TokenRow | undefined {
    const known = this.rows.get(tokenId);
    if (known || this.rows.size >= ROWS_MAX) return known;
    const row: TokenRow = {
      tokenId, latest: undefined, price: undefined, decimals: undefined, change: undefined, volume: undefined,
      timestamp: undefined, stale: false, move: undefined, movedAt: 0, trend: new Trend(),
    };
    this.rows.set(tokenId, row);
    this.changed.add(row);
    return row;
  }
}
