import { describe, expect, it } from 'vitest';
import { CHART_STYLES, candlesOf, candleTime } from '../../src/page/candles.ts';
import { PriceSeries } from '../../src/page/series.ts';
import { priceUpdate } from '../support/fakeserver.ts';

const bar = (time: number, open: number, high: number, low: number, close: number) => ({ time, open, high, low, close });

describe('candlesOf', () => {
  it('opens with the first price, closes with the last, and spans the extremes', () => {
    expect(candlesOf([bar(60, 1, 5, 1, 4), bar(65, 4, 9, 3, 3), bar(119, 3, 3, 0, 2)], 60)).toEqual([bar(60, 1, 9, 0, 2)]);
  });

  it('begins a candle at every full interval that has a price', () => {
    const candles = candlesOf([bar(9, 1, 1, 1, 1), bar(10, 2, 2, 2, 2), bar(35, 3, 3, 3, 3)], 10);
    expect(candles.map(({ time }) => time)).toEqual([0, 10, 30]);
  });

  it('leaves the bars as they are', () => {
    const bars = [bar(0, 1, 1, 1, 1), bar(1, 2, 2, 2, 2)];
    candlesOf(bars, 10);
    expect(bars[0]).toEqual(bar(0, 1, 1, 1, 1));
  });

  it('knows every price within a second', () => {
    const series = new PriceSeries();
    [5, 9, 2, 4].forEach((price, i) => series.add(priceUpdate(i + 1, i, { timestamp: 60_000 + i * 100, price })));
    expect(candlesOf(series.bars, 60)).toEqual([bar(60, 5, 9, 2, 4)]);
  });

  it.each(CHART_STYLES.filter((style) => style !== 'line'))('goes on where it was, with candles of %d s', (seconds) => {
    const bars = Array.from({ length: 700 }, (_, i) => bar(i, i % 7, i % 11, -(i % 5), i % 3));
    const before = candlesOf(bars.slice(0, 500), seconds);
    const from = candleTime(499, seconds);
    const after = candlesOf(bars.filter(({ time }) => time >= from), seconds);
    expect([...before.slice(0, -1), ...after]).toEqual(candlesOf(bars, seconds));
  });
});
