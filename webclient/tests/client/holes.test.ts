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

/** One message with several entries of the same token: those after the first name the message itself as `prev`. */
const batch = (seq: number, prev: number, entries: number): Sequenced[] =>
  Array.from({ length: entries }, (_, i) => btc(seq, i === 0 ? prev : seq));

const verdicts = (tracker: SequenceTracker, updates: Sequenced[]): string[] => updates.map((update) => tracker.judge(update));

describe('several entries of one token in one batch', () => {
  it('are all new', () => {
    const tracker = seen(btc(9, 4));
    expect(verdicts(tracker, [...batch(12, 9, 3), btc(15, 12)])).toEqual(['next', 'next', 'next', 'next']);
  });

  it('are all dropped when a resume sends the batch again', () => {
    const tracker = seen(...batch(12, 9, 3));
    tracker.connected();
    expect(verdicts(tracker, [...batch(12, 9, 3), btc(15, 12)])).toEqual(['duplicate', 'duplicate', 'duplicate', 'next']);
  });

  it.each([[1, ['duplicate', 'next', 'next']], [2, ['duplicate', 'duplicate', 'next']]])(
    'after a connection that ended behind %d of 3, only the rest is new',
    (had, expected) => {
      const tracker = seen(...batch(12, 9, 3).slice(0, had));
      tracker.connected();
      expect(verdicts(tracker, batch(12, 9, 3))).toEqual(expected);
      tracker.connected();
      expect(verdicts(tracker, batch(12, 9, 3)), 'and next time all is known').toEqual(['duplicate', 'duplicate', 'duplicate']);
    },
  );

  it('stay known when the sending again is cut short as well', () => {
    const tracker = seen(...batch(12, 9, 3));
    tracker.connected();
    tracker.judge(btc(12, 9));
    tracker.connected();
    expect(verdicts(tracker, batch(12, 9, 3))).toEqual(['duplicate', 'duplicate', 'duplicate']);
  });

  it('are known too when the replay does not know what came before them', () => {
    const tracker = seen(...batch(12, 9, 2));
    tracker.connected();
    expect(verdicts(tracker, [...batch(12, 0, 2), btc(15, 12)])).toEqual(['duplicate', 'duplicate', 'next']);
  });

  it('are known from a snapshot, which shows the last of them', () => {
    const tracker = new SequenceTracker();
    tracker.rebase(btc(12, 12));
    tracker.connected();
    expect(verdicts(tracker, [...batch(12, 9, 3), btc(15, 12)])).toEqual(['duplicate', 'duplicate', 'duplicate', 'next']);
  });

  it('may be thinned: what was replaced counts as seen', () => {
    const tracker = seen(btc(9, 4), btc(12, 12, 1));
    expect(tracker.judge(btc(12, 12))).toBe('next');
    expect(tracker.judge(btc(12, 12, 2))).toBe('conflated');
    tracker.connected();
    expect(verdicts(tracker, batch(12, 9, 7))).toEqual([...new Array<string>(6).fill('duplicate'), 'next']);
  });

  it('may be thinned while they are sent again', () => {
    const tracker = seen(...batch(12, 9, 2));
    tracker.connected();
    expect(tracker.judge(btc(12, 12, 1))).toBe('duplicate');
    expect(tracker.judge(btc(12, 12))).toBe('next');
  });

  it('do not hide that the first of them is missing', () => {
    expect(seen(btc(9, 4)).judge(btc(12, 12))).toBe('hole');
  });
});

describe('SequenceTracker.highest', () => {
  it('is that of all tokens which were not forgotten', () => {
    const tracker = seen(btc(9, 4), { tokenId: 'ETH', seq: 7, prev: 0 });
    expect(tracker.highest()).toBe(9);
    tracker.forget(['BTC']);
    expect([tracker.highest(), tracker.lastOf('BTC'), tracker.lastOf('ETH')]).toEqual([7, undefined, 7]);
    tracker.forget(['*']);
    expect(tracker.highest()).toBe(0);
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
