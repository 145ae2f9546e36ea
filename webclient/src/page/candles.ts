// How a price over time may be shown, and bars of a second put together to candles of a longer time. Pure.

import type { Bar } from './series.ts';

/** A line through every second, or candles of so many seconds. */
export type ChartStyle = 'line' | 10 | 60 | 300;

export const CHART_STYLES: readonly ChartStyle[] = ['line', 10, 60, 300];

/** When the candle began that holds this time. */
export function candleTime(time: number, seconds: number): number {
  return time - (time % seconds);
}

/** Bars in ascending order -> candles in ascending order. */
export function candlesOf(bars: readonly Bar[], seconds: number): Bar[] {
  const candles: Bar[] = [];
  for (const { time, open, high, low, close } of bars) {
    const last = candles.at(-1);
    const start = candleTime(time, seconds);
    if (last?.time !== start) {
      candles.push({ time: start, open, high, low, close });
      continue;
    }
    last.high = Math.max(last.high, high);
    last.low = Math.min(last.low, low);
    last.close = close;
  }
  return candles;
}
