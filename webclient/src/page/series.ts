// The prices of one token over time: what history gave, continued by live updates. Pure: no DOM, no chart library.

import type { PriceUpdate } from '../client/index.ts';

/** The prices within one second, which is as fine as the time axis gets. */
export interface Bar {
  /** Seconds since 1970, strictly ascending. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
}

/** Nearly three hours of a token that moves every second. */
export const BARS_MAX = 10_000;
/** What a late answer must connect to; older updates are only bars. */
export const POINTS_MAX = 2_000;

type Point = Pick<PriceUpdate, 'seq' | 'prev' | 'timestamp' | 'price' | 'conflated'>;

export class PriceSeries {
  /** The newest updates, oldest first, one per message: of a batch the last entry with the `prev` of the first. */
  private points: Point[] = [];
  private list: Bar[] = [];
  private changes = 0;

  get bars(): readonly Bar[] {
    return this.list;
  }

  /** Changes when other bars than the newest are not what they were. */
  get revision(): number {
    return this.changes;
  }

  /** The newest bars, from this time on. */
  barsFrom(time: number): readonly Bar[] {
    let first = this.list.length;
    while (first > 0 && (this.list[first - 1]?.time ?? 0) >= time) first -= 1;
    return this.list.slice(first);
  }

  /** What is older than the newest is not news any more. */
  add(update: PriceUpdate): void {
    if (!this.keep(update)) return;
    this.draw(update);
    if (this.points.length > POINTS_MAX) this.points.splice(0, POINTS_MAX / 10);
    if (this.list.length <= BARS_MAX) return;
    this.list.splice(0, BARS_MAX / 10);
    this.changes += 1;
  }

  /**
   * History, oldest first, followed by what came live and is newer. False: something is missing between the two, because
   * the history is older than the page.
   */
  fill(history: readonly PriceUpdate[]): boolean {
    const end = history.at(-1)?.seq ?? 0;
    const newer = this.points.filter((point) => point.seq > end);
    this.clear();
    for (const point of [...history, ...newer]) if (this.keep(point)) this.draw(point);
    return history.length === 0 || follows(newer[0], end);
  }

  clear(): void {
    this.points = [];
    this.list = [];
    this.changes += 1;
  }

  private keep({ seq, prev, timestamp, price, conflated }: Point): boolean {
    const last = this.points.at(-1);
    if (last && seq < last.seq) return false;
    const point: Point = { seq, prev, timestamp, price, ...(conflated !== undefined && { conflated }) };
    if (last?.seq === seq) this.points[this.points.length - 1] = { ...point, prev: last.prev };
    else this.points.push(point);
    return true;
  }

  /** Publishers' clocks may step back; the axis cannot. */
  private draw({ timestamp, price }: Point): void {
    const last = this.list.at(-1);
    const time = Math.max(Math.floor(timestamp / 1_000), last?.time ?? 0);
    if (last?.time !== time) {
      this.list.push({ time, open: price, high: price, low: price, close: price });
      return;
    }
    last.high = Math.max(last.high, price);
    last.low = Math.min(last.low, price);
    last.close = price;
  }
}

/** Whether nothing is missing between a message and the first one after it, as far as that can be told. */
function follows(point: Point | undefined, end: number): boolean {
  if (!point || point.prev === end || point.prev === 0) return true;
  return point.prev === point.seq || (point.conflated ?? 0) > 0;
}
