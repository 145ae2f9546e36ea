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

  it('that were thinned are no hole, and what they replaced is counted once', () => {
    const { server } = subscribed();
    server.price(5, 0);
    server.price(20, 15, { conflated: 3 });
    server.price(20, 15, { conflated: 3 });
    server.price(25, 20, { conflated: 0 });
    server.price(31, 29, { conflated: 2 });
    expect(server.client.counters).toMatchObject({ holes: 0, conflated: 5, duplicates: 1 });
  });

  it('of one batch are all told, also several of the same token', () => {
    const { server, seqs } = subscribed();
    server.price(5, 0);
    for (const [tokenId, prev] of [['BTC', 5], ['ETH', 0], ['BTC', 9], ['ETH', 9]] as const) server.price(9, prev, { tokenId });
    expect(seqs).toEqual([5, 9, 9, 9, 9]);
    expect(server.client.counters).toMatchObject({ updates: 5, duplicates: 0, holes: 0 });
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

  it('a batch that the connection ended in comes again, and each of its updates is told once', () => {
    const { server } = subscribed();
    const told: string[] = [];
    server.client.on('update', ({ update }) => told.push(`${update.tokenId} ${update.nonce}`));
    server.price(5, 0, { nonce: 'a' });
    server.price(9, 5, { nonce: 'b' });
    loseAndReturn(server, true);
    expect(resumes(server)).toEqual([{ epoch: 'epoch-1', seq: 9 }]);
    server.price(9, 5, { nonce: 'b' });
    server.price(9, 0, { tokenId: 'ETH', nonce: 'c' });
    server.price(9, 9, { nonce: 'd' });
    server.price(12, 9, { nonce: 'e' });
    expect(told).toEqual(['BTC a', 'BTC b', 'ETH c', 'BTC d', 'BTC e']);
    expect(server.client.counters).toMatchObject({ duplicates: 1, holes: 0, gaps: 0 });
  });

  it('a batch that comes again thinned is known by what it replaced', () => {
    const { server, seqs } = subscribed();
    server.price(9, 5);
    server.price(9, 9);
    loseAndReturn(server, true);
    server.price(9, 9, { conflated: 1 });
    expect(seqs).toEqual([9, 9]);
    expect(server.client.counters).toMatchObject({ duplicates: 1, conflated: 0 });
  });

  it('a replay that does not know what came before it is no hole', () => {
    const { server, seqs } = subscribed();
    server.price(5, 0);
    loseAndReturn(server, true);
    server.price(9, 0);
    server.price(11, 9);
    expect(seqs).toEqual([5, 9, 11]);
    expect(server.client.counters.holes).toBe(0);
  });

  it('a replay that was cut short goes on at the highest seq seen', () => {
    const { server, seqs } = subscribed();
    server.price(5, 0);
    loseAndReturn(server, true);
    server.price(6, 5);
    loseAndReturn(server, true);
    expect(resumes(server)).toEqual([{ epoch: 'epoch-1', seq: 6 }]);
    for (const seq of [6, 7, 8]) server.price(seq, seq - 1);
    expect(seqs).toEqual([5, 6, 7, 8]);
    expect(server.client.counters).toMatchObject({ holes: 0, duplicates: 1 });
  });

  it('the place is kept while the answer is still out, whatever else arrives', () => {
    const { server } = subscribed();
    server.price(5, 0);
    server.close(1006);
    server.reconnect();
    server.say({ type: 'volume:update', tokenId: 'ETH', volume24h: 1, timestamp: 1, seq: 80 });
    server.close(1006);
    server.reconnect();
    expect(resumes(server)).toEqual([{ epoch: 'epoch-1', seq: 5 }]);
  });

  it('a lost update is a hole even so', () => {
    const { server } = subscribed();
    server.price(5, 0);
    loseAndReturn(server, true);
    server.price(9, 7);
    expect(server.client.counters.holes).toBe(1);
  });

  it('a replay that is cut off is asked for again from where it began', () => {
    const { server } = subscribed();
    server.price(5, 0);
    server.close(4200);
    server.time.advance(5_000);
    server.welcome();
    server.grant(true, 'to come');
    server.price(7, 5);
    server.close(4200);
    server.time.advance(5_000);
    server.welcome();
    expect(resumes(server)).toEqual([{ epoch: server.epoch, seq: 5 }]);
    server.grant(true, 'to come');
    server.price(7, 5);
    server.price(9, 7);
    server.resumed(9);
    server.close(4200);
    server.time.advance(5_000);
    server.welcome();
    expect(resumes(server)).toEqual([{ epoch: server.epoch, seq: 9 }]);
  });

  it('it is told when nothing could be recovered, and that is no hole', () => {
    const { server } = subscribed();
    const told: boolean[] = [];
    server.client.on('resumed', (recovered) => told.push(recovered));
    server.price(5, 0);
    loseAndReturn(server, false);
    server.price(91, 90);
    expect(told).toEqual([false]);
    expect(server.client.counters, 'a gap, but a declared one').toMatchObject({ holes: 0, gaps: 1 });
  });

  it('what could not be recovered of some tokens leaves the others alone', () => {
    const server = new FakeServer();
    server.client.subscribe({ tokens: ['BTC'] });
    server.client.subscribe({ tokens: ['ETH'] });
    const grant = (tokenId: string, recovered?: boolean): void => {
      const command = server.socket.commands('subscribe').find(({ tokens }) => (tokens as string[]).includes(tokenId));
      server.say({
        type: 'subscribed', id: command?.['id'] as number, tokens: [tokenId], channels: ['price'], mode: 'auto',
        ...(recovered !== undefined && { recovered }),
      });
    };
    server.live();
    grant('BTC');
    grant('ETH');
    server.price(5, 0);
    server.price(9, 0, { tokenId: 'ETH' });
    server.close(1006);
    server.reconnect();
    grant('BTC', false);
    grant('ETH', true);
    server.price(30, 20);
    server.price(9, 0, { tokenId: 'ETH' });
    server.price(31, 25, { tokenId: 'ETH' });
    expect(server.client.counters).toMatchObject({ gaps: 1, duplicates: 1, holes: 1, updates: 4 });
  });

  it('a place that the server has never reached is left: the next one is what was seen since', () => {
    const { server, seqs } = subscribed();
    server.price(900, 0);
    loseAndReturn(server, false);
    server.say({ type: 'price:snapshot', updates: [priceUpdate(30, 25)] });
    server.price(31, 30);
    expect(seqs).toEqual([900, 30, 31]);
    loseAndReturn(server, true);
    expect(resumes(server)).toEqual([{ epoch: 'epoch-1', seq: 31 }]);
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
    expect(server.client.counters.gaps).toBe(1);
    server.price(90, 70);
    expect(server.client.counters.holes).toBe(0);
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
});
