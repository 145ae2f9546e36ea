import { describe, expect, it } from 'vitest';
import { Trend, TREND_POINTS_MAX, trendLine } from '../../src/page/trend.ts';

const at = (second: number, price = second, ms = 0): { timestamp: number; price: number } => ({ timestamp: second * 1_000 + ms, price });

function made(...updates: { timestamp: number; price: number }[]): Trend {
  const trend = new Trend();
  for (const update of updates) trend.add(update);
  return trend;
}

describe('Trend', () => {
  it('has the last price of each second', () => {
    expect(made(at(1, 5), at(1, 6, 900), at(2, 7)).prices).toEqual([6, 7]);
  });

  it('never goes back in time', () => {
    expect(made(at(5, 1), at(3, 2)).prices).toEqual([2]);
  });

  it('keeps the newest', () => {
    const trend = made(...Array.from({ length: TREND_POINTS_MAX + 5 }, (_, i) => at(i)));
    expect(trend.prices).toHaveLength(TREND_POINTS_MAX);
    expect(trend.prices.at(-1)).toBe(TREND_POINTS_MAX + 4);
  });

  it('tells every change', () => {
    const trend = made(at(1));
    const before = trend.revision;
    trend.add(at(1, 9));
    expect(trend.revision).not.toBe(before);
  });

  it('is filled with what was before, and with nothing twice', () => {
    const trend = made(at(3, 30), at(4, 40));
    trend.fill([at(1, 10), at(2, 20), at(3, 29), at(4, 39)]);
    expect(trend.prices).toEqual([10, 20, 30, 40]);
  });

  it('is filled from nothing', () => {
    const trend = new Trend();
    trend.fill([at(1, 10), at(2, 20)]);
    expect(trend.prices).toEqual([10, 20]);
    trend.fill([]);
    expect(trend.prices).toEqual([10, 20]);
  });

  it('stays bounded when it is filled', () => {
    const trend = made(at(1_000), at(1_001));
    trend.fill(Array.from({ length: 500 }, (_, i) => at(i)));
    expect(trend.prices).toHaveLength(TREND_POINTS_MAX);
    expect(trend.prices.slice(-3)).toEqual([499, 1_000, 1_001]);
  });
});

describe('trendLine', () => {
  it('fills the box from the lowest to the highest price, and ends at the right', () => {
    const line = trendLine([1, 3, 2], TREND_POINTS_MAX - 1, 10);
    expect(line).toEqual([[TREND_POINTS_MAX - 3, 10], [TREND_POINTS_MAX - 2, 0], [TREND_POINTS_MAX - 1, 5]]);
  });

  it('is in the middle where the price stands still', () => {
    expect(trendLine([2, 2], 59, 10).map(([, y]) => y)).toEqual([5, 5]);
  });

  it.each([[[]], [[7]]])('needs two prices, not %j', (prices) => {
    expect(trendLine(prices, 100, 10)).toEqual([]);
  });
});
