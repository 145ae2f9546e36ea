import { describe, expect, it } from 'vitest';
import { ServerClock } from '../../src/client/clock.ts';

/** Adds a ping that left at `at`, took `out` and `back`, and met a clock that is `ahead`. */
function ping(clock: ServerClock, at: number, out: number, back: number, ahead: number): number {
  return clock.add(at, at + out + back, at + out + ahead);
}

describe('ServerClock', () => {
  it('knows nothing before the first answer', () => {
    expect(new ServerClock().offsetMs).toBeUndefined();
  });

  it('takes half of the round trip out', () => {
    const clock = new ServerClock();
    expect(ping(clock, 1_000, 20, 20, 5_000)).toBe(40);
    expect(clock.offsetMs).toBe(5_000);
  });

  it('believes the shortest round trip', () => {
    const clock = new ServerClock();
    ping(clock, 1_000, 90, 10, 5_000);
    ping(clock, 2_000, 2, 2, 5_000);
    ping(clock, 3_000, 10, 90, 5_000);
    expect(clock.offsetMs).toBe(5_000);
  });

  it('is never wrong by more than half of the shortest round trip, however uneven the ways', () => {
    const clock = new ServerClock();
    let shortest = Infinity;
    let seed = 7;
    const upTo = (ms: number): number => ((seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647) * ms;
    for (let i = 0; i < 12; i += 1) {
      shortest = Math.min(shortest, ping(clock, i * 5_000, upTo(80), upTo(80), -70_000));
      expect(Math.abs((clock.offsetMs ?? 0) + 70_000)).toBeLessThanOrEqual(shortest / 2);
    }
  });

  it('lets go of samples older than a minute of pings', () => {
    const clock = new ServerClock();
    ping(clock, 0, 1, 1, 5_000);
    for (let i = 1; i <= 12; i += 1) ping(clock, i * 5_000, 20, 10, 5_000);
    expect(clock.offsetMs).toBe(5_005);
  });

  it('starts again when a clock was set', () => {
    const clock = new ServerClock();
    ping(clock, 1_000, 1, 1, 5_000);
    ping(clock, 2_000, 20, 20, 9_000);
    expect(clock.offsetMs).toBe(9_000);
  });

  it('survives a local clock that went backwards', () => {
    expect(new ServerClock().add(2_000, 1_000, 5_000)).toBe(0);
  });
});
