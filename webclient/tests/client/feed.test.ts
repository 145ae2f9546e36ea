// Prices: what is shown, what is dropped, what is counted, and what is asked for after a reconnect.

import { describe, expect, it } from 'vitest';
import type { UpdateOrigin } from '../../src/client/index.ts';
import { FakeServer, priceUpdate } from '../support/fakeserver.ts';

interface Seen {
  server: FakeServer;
  seqs: number[];
  origins: UpdateOrigin[];
}

/** Live and subscribed to everything. */
function subscribed(): Seen {
  const server = new FakeServer();
  const seqs: number[] = [];
  const origins: UpdateOrigin[] = [];
  server.client.on('update', ({ update, origin }) => {
    seqs.push(update.seq);
    origins.push(origin);
  });
  server.client.subscribe({ tokens: ['*'] });
  server.live();
  server.grant();
  return { server, seqs, origins };
}

function loseAndReturn(server: FakeServer, recovered: boolean): void {
  server.time.advance(1_000);
  server.close(4200);
  server.time.advance(5_000);
  server.welcome();
  server.grant(recovered);
}

const resumes = (server: FakeServer): unknown[] => server.socket.commands('subscribe').map((command) => command['resume']);

describe('updates', () => {
  it('are told once: a duplicate and a late one are counted and dropped', () => {
    const { server, seqs } = subscribed();
    for (const [seq, prev] of [[5, 0], [7, 5], [7, 5], [5, 0], [9, 7]] as const) server.price(seq, prev);
    expect(seqs).toEqual([5, 7, 9]);
    expect(server.client.counters).toMatchObject({ updates: 3, duplicates: 1, late: 1, holes: 0 });
  });

  it('with a hole before them are told, and the hole too', () => {
    const { server, seqs } = subscribed();
    const holes: [string, number, number][] = [];
    server.client.on('hole', (hole) => holes.push([hole.tokenId, hole.last, hole.update.prev]));
    server.price(5, 0);
    server.price(9, 7);
    expect(seqs).toEqual([5, 9]);
    expect(holes).toEqual([['BTC', 5, 7]]);
    expect(server.client.counters.holes).toBe(1);
  });

  it('that were thinned are no hole', () => {
    const { server } = subscribed();
    server.price(5, 0);
    server.price(20, 15, { conflated: 3 });
    expect(server.client.counters).toMatchObject({ holes: 0, conflated: 3 });
  });

  it('follow a snapshot without a hole, and never fall behind it', () => {
    const { server, seqs, origins } = subscribed();
    server.price(5, 0);
    server.say({ type: 'price:snapshot', updates: [priceUpdate(30, 25), priceUpdate(4, 0, { tokenId: 'ETH' })] });
    server.say({ type: 'price:snapshot', updates: [priceUpdate(30, 25)] });
    server.price(31, 30);
    expect(seqs).toEqual([5, 30, 4, 31]);
    expect(origins).toEqual(['live', 'snapshot', 'snapshot', 'live']);
    expect(server.client.counters).toMatchObject({ holes: 0, duplicates: 0 });
  });
});

describe('after a reconnect', () => {
  it('everything is subscribed again, from the highest seq seen of any message', () => {
    const { server } = subscribed();
    expect(resumes(server)).toEqual([undefined]);
    server.price(5, 0);
    server.say({ type: 'volume:update', tokenId: 'BTC', volume24h: 1, timestamp: 1, seq: 8 });
    server.price(7, 0, { tokenId: 'ETH' });
    loseAndReturn(server, true);
    expect(server.socket.commands('subscribe')).toMatchObject([{ tokens: ['*'], resume: { epoch: 'epoch-1', seq: 8 } }]);
  });

  it('what was missed comes as resumed and without a hole; what was sent twice is dropped', () => {
    const { server, seqs, origins } = subscribed();
    server.price(5, 0);
    const missed = server.now + 1_500;
    loseAndReturn(server, true);
    server.price(5, 0, { timestamp: missed - 1_500 });
    server.price(6, 5, { timestamp: missed });
    server.price(7, 6);
    expect(seqs).toEqual([5, 6, 7]);
    expect(origins).toEqual(['live', 'resumed', 'live']);
    expect(server.client.counters).toMatchObject({ holes: 0, duplicates: 1 });
  });

  it('a lost update is a hole even so', () => {
    const { server } = subscribed();
    server.price(5, 0);
    loseAndReturn(server, true);
    server.price(9, 7);
    expect(server.client.counters.holes).toBe(1);
  });

  it('it is told when nothing could be recovered, and that is no hole', () => {
    const { server } = subscribed();
    const told: boolean[] = [];
    server.client.on('resumed', (recovered) => told.push(recovered));
    server.price(5, 0);
    loseAndReturn(server, false);
    server.price(91, 90);
    expect(told).toEqual([false]);
    expect(server.client.counters.holes).toBe(0);
  });

  it('a recreated stream starts from its own numbers', () => {
    const { server, seqs } = subscribed();
    server.price(500, 0);
    server.close(1006);
    server.epoch = 'epoch-2';
    server.reconnect();
    expect(resumes(server), 'the old place, so that the server can say no').toEqual([{ epoch: 'epoch-1', seq: 500 }]);
    server.grant(false);
    server.price(3, 0);
    expect(seqs).toEqual([500, 3]);
    loseAndReturn(server, true);
    expect(resumes(server)).toEqual([{ epoch: 'epoch-2', seq: 3 }]);
  });

  it('a recreated stream is noticed from welcome alone', () => {
    const { server, seqs } = subscribed();
    server.price(500, 0);
    server.close(1006);
    server.epoch = 'epoch-2';
    server.reconnect();
    server.price(3, 0);
    expect(seqs).toEqual([500, 3]);
  });

  it('a position that is refused with error 112 is dropped', () => {
    const { server } = subscribed();
    server.price(5, 0);
    server.close(1006);
    server.reconnect();
    const [first] = server.socket.commands('subscribe');
    server.say({ type: 'error', id: first?.['id'] as number, code: 112, reason: 'too old', retryable: false });
    expect(resumes(server)).toEqual([{ epoch: 'epoch-1', seq: 5 }, undefined]);
  });

  it('disconnect and connect go on at the same place too', () => {
    const { server } = subscribed();
    server.price(5, 0);
    server.client.disconnect();
    server.live();
    expect(resumes(server)).toEqual([{ epoch: 'epoch-1', seq: 5 }]);
  });
});

describe('what a server can get wrong', () => {
  it('never throws out of the handler, and is counted', () => {
    const { server, seqs } = subscribed();
    const reasons: string[] = [];
    server.client.on('badMessage', (reason) => reasons.push(reason));
    for (const text of ['{', 'null', '{"type":"price:update","tokenId":7}', new Uint8Array(3)]) server.raw(text);
    for (const type of ['later', 'constructor']) server.raw(JSON.stringify({ type }));
    server.price(1, 0);
    expect(server.client.counters).toMatchObject({ badMessages: 4, unknownMessages: 2 });
    expect(reasons).toEqual(['not a JSON object', 'not a JSON object', 'fields of price:update', 'not a JSON object']);
    expect([server.client.state.name, seqs]).toEqual(['live', [1]]);
  });
});

describe('other messages', () => {
  it('reach their listeners until these leave', () => {
    const { server } = subscribed();
    const seen: string[] = [];
    const leave = server.client.on('market', (message) => seen.push(message.type));
    server.client.on('feed', (message) => seen.push(`${message.type} ${message.tokenId}`));
    server.client.on('serverError', (message) => seen.push(message.reason));
    server.say({ type: 'market:statistics', seq: 4 });
    leave();
    server.say({ type: 'market:statistics', seq: 5 });
    server.say({ type: 'feed:stale', tokenId: 'BTC', ageMs: 9_000, expectedMs: 1_000 });
    server.say({ type: 'feed:live', tokenId: 'BTC', ageMs: 0, expectedMs: 1_000 });
    server.say({ type: 'error', code: 107, reason: 'bad request', retryable: false });
    expect(seen).toEqual(['market:statistics', 'feed:stale BTC', 'feed:live BTC', 'bad request']);
  });

  it('history is asked for and answered with its id', () => {
    const { server } = subscribed();
    const ids: (number | undefined)[] = [];
    server.client.on('history', (message) => ids.push(message.id));
    const id = server.client.requestHistory('BTC', 10, 5);
    expect(server.socket.commands('history')).toEqual([{ type: 'history', id, tokenId: 'BTC', limit: 10, since: 5 }]);
    server.say({ type: 'history', id: id as number, tokenId: 'BTC', updates: [priceUpdate(1, 0)] });
    expect(ids).toEqual([id]);
    server.client.disconnect();
    expect(server.client.requestHistory('BTC', 10)).toBeUndefined();
  });
});
