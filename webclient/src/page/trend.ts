// The last prices of one token, for the line in its row. Pure: no DOM.

import type { PriceUpdate } from '../client/index.ts';

/** One a second at most: a minute of a token that moves every second. */
export const TREND_POINTS_MAX = 60;

interface Point {
  /** Seconds since 1970, ascending. */
  time: number;
  price: number;
}

type Priced = Pick<PriceUpdate, 'timestamp' | 'price'>;

export class Trend {
  private points: Point[] = [];
  private changes = 0;

  get prices(): readonly number[] {
    return this.points.map(({ price }) => price);
  }

  /** Another number after every change. */
  get revision(): number {
    return this.changes;
  }

  add({ timestamp, price }: Priced): void {
    this.changes += 1;
    const last = this.points.at(-1);
    const time = Math.max(Math.floor(timestamp / 1_000), last?.time ?? 0);
    if (last?.time === time) last.price = price;
    else this.points.push({ time, price });
    if (this.points.length > TREND_POINTS_MAX) this.points.shift();
  }

  /** What was before the first price that is known; oldest first. */
  fill(history: readonly Priced[]): void {
    const known = this.points;
    const first = known[0]?.time ?? Infinity;
    this.points = [];
    for (const past of history) if (Math.floor(past.timestamp / 1_000) < first) this.add(past);
    this.points = [...this.points, ...known].slice(-TREND_POINTS_MAX);
    this.changes += 1;
  }
}

/** The points of a line through the prices, in a box of this size; the newest at its right edge. Empty for fewer than two. */
export function trendLine(prices: readonly number[], width: number, height: number): [x: number, y: number][] {
  if (prices.length < 2) return [];
  const low = Math.min(...prices);
  const span = Math.max(...prices) - low;
  const step = width / (TREND_POINTS_MAX - 1);
  const left = width - step * (prices.length - 1);
  return prices.map((price, i) => [left + i * step, span === 0 ? height / 2 : height - ((price - low) / span) * height]);
}
