import { describe, expect, it } from 'vitest';
import { Backoff, backoffDelay, RETRY_AFTER_CAP_MS } from '../../src/client/backoff.ts';

const ALMOST_ONE = 1 - Number.EPSILON;

describe('backoffDelay', () => {
  it.each([[0, 500], [1, 1_000], [2, 2_000], [5, 16_000], [6, 30_000], [7, 30_000], [2_000, 30_000]])(
    'after %i failures lies between 0 and %i ms',
    (failures, limit) => {
      expect(backoffDelay(failures, 0)).toBe(0);
      expect(backoffDelay(failures, 0.5)).toBe(limit / 2);
      expect(backoffDelay(failures, ALMOST_ONE)).toBeLessThanOrEqual(limit);
      expect(backoffDelay(failures, ALMOST_ONE)).toBeGreaterThan(limit * 0.999);
    },
  );
});

describe('Backoff', () => {
  const failing = (tries: number): Backoff => {
    const backoff = new Backoff(() => 0.5);
    for (let i = 0; i < tries; i += 1) backoff.next(false);
    return backoff;
  };

  it('doubles with every failure', () => {
    const backoff = failing(0);
    expect([1, 2, 3].map(() => backoff.next(false))).toEqual([250, 500, 1_000]);
  });

  it('forgets failures only after 10 s of health', () => {
    const backoff = failing(3);
    backoff.lost(9_999);
    expect(backoff.next(false)).toBe(2_000);
    backoff.lost(10_000);
    expect(backoff.next(false)).toBe(250);
  });

  it('grants "at once" a single time per healthy connection', () => {
    const backoff = failing(0);
    expect(backoff.next(true)).toBe(125);
    expect(backoff.next(true)).toBe(500);
    backoff.lost(10_000);
    expect(backoff.next(true)).toBe(125);
  });

  it('never tries before the time that the server named, and still spreads', () => {
    expect(failing(0).next(false, 4_000)).toBe(4_250);
    expect(failing(0).next(true, 4_000)).toBe(4_125);
  });

  it.each([[Number.NaN, 0], [-5, 0], [Number.POSITIVE_INFINITY, 0], [1e12, RETRY_AFTER_CAP_MS]])(
    'keeps a senseless hint of %d ms in bounds',
    (hint, used) => expect(failing(0).next(false, hint)).toBe(used + 250),
  );
});
