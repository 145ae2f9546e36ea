import { describe, expect, it } from 'vitest';
import { LatencyWindow, RateMeter } from '../../src/client/stats.ts';

describe('RateMeter', () => {
  it('is the mean over the last seconds', () => {
    const meter = new RateMeter();
    for (let ms = 0; ms < 20_000; ms += 100) meter.add(ms);
    expect(meter.perSecond(19_999)).toBeCloseTo(10, 0);
  });

  it('does not wait five seconds for its first answer', () => {
    const meter = new RateMeter();
    for (let ms = 0; ms < 2_000; ms += 100) meter.add(ms);
    expect(meter.perSecond(2_000)).toBeCloseTo(10, 0);
  });

  it('falls to zero in silence, and after a long one', () => {
    const meter = new RateMeter();
    for (let ms = 0; ms < 5_000; ms += 100) meter.add(ms);
    expect(meter.perSecond(7_500)).toBeCloseTo(20 / 4.5);
    expect(meter.perSecond(10_100)).toBe(0);
    meter.add(1_000_000);
    expect(meter.perSecond(1_000_000)).toBeCloseTo(1 / 4.5);
  });

  it('is zero before anything and after reset', () => {
    const meter = new RateMeter();
    expect(meter.perSecond(5)).toBe(0);
    meter.add(5);
    meter.reset();
    expect(meter.perSecond(6)).toBe(0);
  });
});

describe('LatencyWindow', () => {
  it('gives nearest-rank percentiles', () => {
    const window = new LatencyWindow();
    for (let ms = 100; ms >= 1; ms -= 1) window.add(ms);
    expect(window.quantiles(0, 0.5, 0.99, 1)).toEqual([1, 50, 99, 100]);
  });

  it('holds only the newest', () => {
    const window = new LatencyWindow(3);
    for (const ms of [1_000, 1, 2, 3]) window.add(ms);
    expect(window.quantiles(1)).toEqual([3]);
  });

  it('is undefined when empty', () => {
    expect(new LatencyWindow().quantiles(0.5)).toEqual([undefined]);
  });
});
