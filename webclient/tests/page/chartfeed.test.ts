// The chart's data through everything that a connection does: a real client, a scripted server, and the page's feed.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ASK_AGAIN_MS, ChartFeed } from '../../src/page/chartfeed.ts';
import { FakeServer, priceUpdate } from '../support/fakeserver.ts';
import type { PriceUpdate } from '../../src/client/index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Charted {
  readonly server = new FakeServer();
  readonly feed = new ChartFeed(this.server.client);

  /** Live and subscribed. */
  constructor() {
    this.server.client.subscribe({ tokens: ['*'] });
    this.server.live();
    this.server.grant();
  }

  get asked(): Record<string, unknown>[] {
    return this.server.socket.commands('history');
  }

  get times(): number[] {
    return this.feed.series.bars.map((bar) => bar.time);
  }

  live(seq: number, more: Partial<PriceUpdate> = {}): void {
    this.server.say(second(seq, more));
  }

  /** Answers the newest request with the updates of these seconds. */
  async answer(from: number, to: number): Promise<void> {
    const { id, tokenId } = this.asked.at(-1) as { id: number; tokenId: string };
    const updates = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => second(from + i, { tokenId }));
    this.server.say({ type: 'history', id, tokenId, updates });
    await settled();
  }

  async refuse(retryable: boolean): Promise<void> {
    const { id } = this.asked.at(-1) as { id: number };
    this.server.say({ type: 'error', id, code: retryable ? 111 : 104, reason: 'no', retryable });
    await settled();
  }

  async reconnect(recovered: boolean): Promise<void> {
    this.server.close(1006);
    await settled();
    this.server.reconnect();
    this.server.grant(recovered);
  }
}

const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

/** The update of one second: seq 7 comes in second 7. */
const second = (seq: number, more: Partial<PriceUpdate> = {}): PriceUpdate => priceUpdate(seq, seq - 1, { timestamp: seq * 1_000, ...more });

/** BTC is chosen, and filled up to second 5. */
async function filled(): Promise<Charted> {
  const charted = new Charted();
  charted.live(5);
  charted.feed.choose('BTC', second(5));
  await charted.answer(1, 5);
  return charted;
}

describe('a chosen token', () => {
  it('is filled from history and extended by live updates, its own only', async () => {
    const charted = await filled();
    expect(charted.asked).toMatchObject([{ tokenId: 'BTC', limit: 1_000 }]);
    charted.live(6);
    charted.live(7, { tokenId: 'ETH' });
    expect(charted.times).toEqual([1, 2, 3, 4, 5, 6]);
    expect(charted.feed.filling.name).toBe('filled');
  });

  it('has what came while the history was on its way', async () => {
    const charted = new Charted();
    charted.feed.choose('BTC');
    charted.live(6);
    expect([charted.times, charted.feed.filling.name]).toEqual([[6], 'loading']);
    await charted.answer(3, 5);
    expect(charted.times).toEqual([3, 4, 5, 6]);
  });

  it('gives way to the next one, and the answer to the first is not taken for the second\'s', async () => {
    const charted = new Charted();
    charted.feed.choose('BTC');
    const first = charted.asked[0]?.['id'] as number;
    charted.feed.choose('ETH');
    charted.server.say({ type: 'history', id: first, tokenId: 'BTC', updates: [second(1)] });
    await settled();
    expect([charted.times, charted.feed.filling.name]).toEqual([[], 'loading']);
    await charted.answer(2, 3);
    expect(charted.times).toEqual([2, 3]);
    charted.live(4);
    expect(charted.times).toEqual([2, 3]);
  });

  it('can be none', async () => {
    const charted = await filled();
    charted.feed.choose(undefined);
    charted.live(6);
    await charted.reconnect(false);
    expect([charted.times, charted.asked]).toEqual([[], []]);
  });

  it('is asked for anew as long as the history is older than the live updates', async () => {
    const charted = new Charted();
    charted.feed.choose('BTC');
    charted.live(8);
    await charted.answer(1, 5);
    await vi.advanceTimersByTimeAsync(ASK_AGAIN_MS[0] - 1);
    expect(charted.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(charted.asked).toHaveLength(2);
    await charted.answer(1, 7);
    expect(charted.times).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(charted.asked).toHaveLength(2);
  });

  it('is not asked for without end', async () => {
    const charted = new Charted();
    charted.feed.choose('BTC');
    charted.live(8);
    for (const ms of [...ASK_AGAIN_MS, 600_000]) {
      await charted.answer(1, 5);
      await vi.advanceTimersByTimeAsync(ms);
    }
    expect(charted.asked).toHaveLength(1 + ASK_AGAIN_MS.length);
  });
});

describe('a refused history', () => {
  it('is told, and the chart has the live updates', async () => {
    const charted = new Charted();
    charted.feed.choose('BTC');
    await charted.refuse(false);
    charted.live(6);
    expect(charted.feed.filling).toEqual({ name: 'failed', reason: 'no' });
    expect(charted.times).toEqual([6]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(charted.asked).toHaveLength(1);
  });

  it('is asked for again when the server says that this may help', async () => {
    const charted = new Charted();
    charted.feed.choose('BTC');
    await charted.refuse(true);
    await vi.advanceTimersByTimeAsync(ASK_AGAIN_MS[0]);
    await charted.answer(1, 5);
    expect([charted.times.length, charted.feed.filling.name]).toEqual([5, 'filled']);
  });

  it('for want of a connection is asked for when there is one', async () => {
    const server = new FakeServer();
    const feed = new ChartFeed(server.client);
    feed.choose('BTC');
    await settled();
    expect(feed.filling).toEqual({ name: 'failed', reason: 'Not connected' });
    server.live();
    expect(server.socket.commands('history')).toMatchObject([{ tokenId: 'BTC' }]);
  });
});

describe('after a reconnect', () => {
  it('what was missed follows by itself: no hole, and nothing is asked for', async () => {
    const charted = await filled();
    await charted.reconnect(true);
    for (const seq of [5, 6, 7]) charted.live(seq);
    expect(charted.times).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(charted.asked).toEqual([]);
  });

  it('that could not recover, the chart is made anew from history', async () => {
    const charted = await filled();
    await charted.reconnect(false);
    charted.server.say({ type: 'price:snapshot', updates: [second(90)] });
    expect(charted.times, 'no line from 5 to 90').toEqual([90]);
    await charted.answer(80, 90);
    charted.live(91);
    expect(charted.times).toEqual([80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91]);
  });

  it('to a recreated stream, the chart begins again, also when nothing had been seen to resume from', async () => {
    const charted = new Charted();
    charted.feed.choose('BTC');
    await charted.answer(1, 50);
    charted.server.close(1006);
    charted.server.epoch = 'epoch-2';
    charted.server.reconnect();
    charted.server.grant();
    expect(charted.times).toEqual([]);
    await charted.answer(1, 2);
    charted.live(3);
    expect(charted.times).toEqual([1, 2, 3]);
  });

  it('a history that the end of the connection cut off is asked for again', async () => {
    const charted = new Charted();
    charted.feed.choose('BTC');
    await charted.reconnect(true);
    await charted.answer(1, 5);
    expect(charted.times).toEqual([1, 2, 3, 4, 5]);
  });

  it('a hole is closed from history', async () => {
    const charted = await filled();
    charted.live(9);
    await charted.answer(1, 9);
    expect(charted.times).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
