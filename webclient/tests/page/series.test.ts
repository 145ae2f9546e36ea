import { describe, expect, it } from 'vitest';
import { BARS_MAX, POINTS_MAX, PriceSeries } from '../../src/page/series.ts';
import { priceUpdate } from '../support/fakeserver.ts';
import type { PriceUpdate } from '../../src/client/index.ts';

/** One update per second: that of second 7 has seq 7, price 107. */
const at = (seq: number, more: Partial<PriceUpdate> = {}): PriceUpdate => priceUpdate(seq, seq - 1, { timestamp: seq * 1_000, ...more });

const upTo = (from: number, to: number): PriceUpdate[] => Array.from({ length: to - from + 1 }, (_, i) => at(from + i));

function made(...updates: PriceUpdate[]): PriceSeries {
  const series = new PriceSeries();
  for (const update of updates) series.add(update);
  return series;
}

const times = (series: PriceSeries): number[] => series.bars.map((bar) => bar.time);

describe('PriceSeries.add', () => {
  it('has one bar per second, with its last price', () => {
    const series = made(at(1), at(2, { timestamp: 1_900 }), at(3, { timestamp: 2_000 }));
    expect(series.bars).toMatchObject([{ time: 1, close: 102 }, { time: 2, close: 103 }]);
  });

  it('ignores what is older than the newest', () => {
    expect(made(at(5), at(4), at(6)).bars).toMatchObject([{ time: 5, close: 105 }, { time: 6, close: 106 }]);
  });

  it('takes every update of a batch, the last one wins', () => {
    expect(made(at(5), at(5, { prev: 5, price: 7 })).bars).toMatchObject([{ time: 5, close: 7 }]);
  });

  it('never goes back in time, however wrong a publisher\'s clock is', () => {
    const series = made(at(60), at(61, { timestamp: 3_000 }), at(62));
    expect(series.bars).toMatchObject([{ time: 60, close: 161 }, { time: 62, close: 162 }]);
  });

  it('changes its revision only when more than the newest bar is another one', () => {
    const series = made(at(1), at(2));
    const before = series.revision;
    series.add(at(3));
    expect(series.revision).toBe(before);
    expect(series.barsFrom(2).map((bar) => bar.time)).toEqual([2, 3]);
    expect(series.barsFrom(4)).toEqual([]);
    series.clear();
    expect(series.revision).not.toBe(before);
    expect(series.bars).toEqual([]);
  });

  it('stays bounded', () => {
    const series = made(...upTo(1, BARS_MAX));
    const before = series.revision;
    series.add(at(BARS_MAX + 1));
    expect(series.bars.length).toBeLessThanOrEqual(BARS_MAX);
    expect(series.bars.at(-1)?.time).toBe(BARS_MAX + 1);
    expect(series.revision).not.toBe(before);
  });
});

describe('PriceSeries.fill', () => {
  it('puts history before what came live meanwhile, each update once', () => {
    const series = made(...upTo(4, 6));
    expect(series.fill(upTo(1, 5))).toBe(true);
    expect(times(series)).toEqual([1, 2, 3, 4, 5, 6]);
    series.add(at(7));
    expect(times(series).at(-1)).toBe(7);
  });

  it('tells when the history ends before the live updates begin, and closes the hole with a newer one', () => {
    const series = made(...upTo(7, 8));
    expect(series.fill(upTo(1, 5))).toBe(false);
    expect(series.fill(upTo(2, 6))).toBe(true);
    expect(times(series)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  it.each<[string, Partial<PriceUpdate>]>([
    ['was thinned', { prev: 7, conflated: 2 }],
    ['has no known predecessor', { prev: 0 }],
    ['is a later entry of a batch, shown by a snapshot', { prev: 9 }],
  ])('cannot tell of a hole when what follows %s', (_what, more) => {
    expect(made(at(9, more)).fill(upTo(1, 5))).toBe(true);
  });

  it('judges a batch by its first entry', () => {
    expect(made(at(6), at(6, { prev: 6 })).fill(upTo(1, 5))).toBe(true);
    expect(made(at(9, { prev: 7 }), at(9, { prev: 9 })).fill(upTo(1, 5))).toBe(false);
  });

  it('keeps what it has when there is no history', () => {
    const series = made(at(5));
    expect(series.fill([])).toBe(true);
    expect(times(series)).toEqual([5]);
  });

  it('is complete when nothing has come live yet, or only what it has', () => {
    expect(made().fill(upTo(1, 5))).toBe(true);
    expect(made(at(5)).fill(upTo(1, 5))).toBe(true);
  });

  it('does not pretend to connect after more than it keeps', () => {
    expect(made(...upTo(6, 6 + POINTS_MAX)).fill(upTo(1, 5))).toBe(false);
  });
});
