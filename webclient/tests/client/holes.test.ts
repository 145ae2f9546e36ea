import { describe, expect, it } from 'vitest';
import { isNew, SequenceTracker, TRACKED_TOKENS_MAX, type Sequenced } from '../../src/client/holes.ts';

const btc = (seq: number, prev: number, conflated?: number): Sequenced => ({
  tokenId: 'BTC', seq, prev, ...(conflated !== undefined && { conflated }),
});

const seen = (...updates: Sequenced[]): SequenceTracker => {
  const tracker = new SequenceTracker();
  for (const update of updates) tracker.judge(update);
  return tracker;
};

describe('SequenceTracker.judge', () => {
  it('takes the first update of a token as it is, whatever its prev', () => {
    expect(seen().judge(btc(9, 4))).toBe('first');
  });

  it('follows prev, not seq + 1: other tokens lie between', () => {
    expect(seen(btc(9, 4)).judge(btc(30, 9))).toBe('next');
  });

  it('finds a hole when prev is not what was seen last', () => {
    const tracker = seen(btc(9, 4));
    expect(tracker.judge(btc(30, 20))).toBe('hole');
    expect(tracker.judge(btc(31, 30))).toBe('next');
  });

  it('finds a hole as well when prev is older than what was seen last', () => {
    expect(seen(btc(9, 4)).judge(btc(30, 4))).toBe('hole');
  });

  it('does not mistake thinning for loss', () => {
    expect(seen(btc(9, 4)).judge(btc(30, 20, 2))).toBe('conflated');
    expect(seen(btc(9, 4)).judge(btc(30, 20, 0))).toBe('hole');
  });

  it('cannot know of a hole when the server knows no prev', () => {
    expect(seen(btc(9, 4)).judge(btc(30, 0))).toBe('first');
  });

  it('drops what it has and what is older, and keeps its place', () => {
    const tracker = seen(btc(9, 4), btc(12, 9));
    expect(tracker.judge(btc(12, 9))).toBe('duplicate');
    expect(tracker.judge(btc(9, 4))).toBe('late');
    expect(tracker.judge(btc(13, 12))).toBe('next');
  });

  it('keeps tokens apart, also in a batch that shares one seq', () => {
    const tracker = seen(btc(9, 4));
    expect(tracker.judge({ tokenId: 'ETH', seq: 9, prev: 2 })).toBe('first');
    expect(tracker.judge({ tokenId: '__proto__', seq: 9, prev: 2 })).toBe('first');
    expect(tracker.judge({ tokenId: 'ETH', seq: 9, prev: 2 })).toBe('duplicate');
  });

  it('stays bounded', () => {
    const tracker = new SequenceTracker();
    for (let i = 0; i < TRACKED_TOKENS_MAX; i += 1) tracker.judge({ tokenId: `T${i}`, seq: 1, prev: 0 });
    expect(tracker.judge({ tokenId: 'more', seq: 1, prev: 0 })).toBe('first');
    expect(tracker.lastOf('more')).toBeUndefined();
    expect(tracker.judge({ tokenId: 'T0', seq: 2, prev: 1 })).toBe('next');
  });
});

describe('SequenceTracker.rebase', () => {
  it('jumps without a hole and is the new place', () => {
    const tracker = seen(btc(9, 4));
    expect(tracker.rebase(btc(50, 40))).toBe(true);
    expect(tracker.judge(btc(60, 50))).toBe('next');
  });

  it('refuses a snapshot that is not newer than what was seen', () => {
    const tracker = seen(btc(9, 4));
    expect(tracker.rebase(btc(9, 4))).toBe(false);
    expect(tracker.rebase(btc(4, 1))).toBe(false);
    expect(tracker.lastOf('BTC')).toBe(9);
  });

  it('starts anew after forget', () => {
    const tracker = seen(btc(9, 4));
    tracker.forget();
    expect(tracker.judge(btc(3, 2))).toBe('first');
  });
});

it('shows everything but duplicates and late ones', () => {
  expect((['first', 'next', 'conflated', 'hole', 'duplicate', 'late'] as const).filter(isNew)).toEqual(['first', 'next', 'conflated', 'hole']);
});
