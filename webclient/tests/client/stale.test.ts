// Silent tokens: marked by the server, and live again by its word or by the next price.

import { describe, expect, it } from 'vitest';
import { FakeServer, priceUpdate } from '../support/fakeserver.ts';

const STALE = { type: 'feed:stale', tokenId: 'BTC', ageMs: 9_000, expectedMs: 1_000 } as const;

interface Followed {
  server: FakeServer;
  /** Each change as it was told. */
  told: string[];
}

/** Live, subscribed to everything, and BTC stands at seq 5. */
function followed(): Followed {
  const server = new FakeServer();
  const told: string[] = [];
  server.client.on('stale', (tokenId) => told.push(`${tokenId} ${server.client.staleFeed(tokenId) ? 'stale' : 'live'}`));
  server.client.subscribe({ tokens: ['*'] });
  server.live();
  server.grant();
  server.price(5, 0);
  return { server, told };
}

function reconnect(server: FakeServer, recovered: boolean): void {
  server.close(1006);
  server.reconnect();
  server.grant(recovered);
}

describe('a token', () => {
  it('is not stale before it is told', () => {
    expect(followed().server.client.staleFeed('BTC')).toBeUndefined();
  });

  it('is stale from feed:stale on, and grows older', () => {
    const { server, told } = followed();
    server.say(STALE);
    expect(server.client.staleFeed('BTC')).toEqual({ ageMs: 9_000, expectedMs: 1_000 });
    server.time.advance(2_000);
    expect(server.client.staleFeed('BTC')).toEqual({ ageMs: 11_000, expectedMs: 1_000 });
    expect(server.client.staleFeed('ETH')).toBeUndefined();
    expect(told).toEqual(['BTC stale']);
  });

  it('is live again by feed:live, told once', () => {
    const { server, told } = followed();
    server.say(STALE);
    server.say(STALE);
    for (let i = 0; i < 2; i += 1) server.say({ ...STALE, type: 'feed:live' });
    expect(told).toEqual(['BTC stale', 'BTC live']);
  });

  it('is live again by its next price, and by no other token\'s', () => {
    const { server, told } = followed();
    server.say(STALE);
    server.price(6, 0, { tokenId: 'ETH' });
    server.price(5, 0);
    expect(told, 'nor by one that we have').toEqual(['BTC stale']);
    server.price(7, 5);
    expect(told).toEqual(['BTC stale', 'BTC live']);
  });

  it('is live before listeners hear of the price', () => {
    const { server } = followed();
    server.say(STALE);
    const stale: boolean[] = [];
    server.client.on('update', () => stale.push(server.client.staleFeed('BTC') !== undefined));
    server.price(7, 5);
    expect(stale).toEqual([false]);
  });

  it('stays stale over a reconnect that brings nothing new of it', () => {
    const { server, told } = followed();
    server.say(STALE);
    reconnect(server, true);
    reconnect(server, false);
    server.say({ type: 'price:snapshot', updates: [priceUpdate(5, 0)] });
    expect(told).toEqual(['BTC stale']);
  });

  it('is live after a reconnect that brings something', () => {
    const { server, told } = followed();
    server.say(STALE);
    reconnect(server, true);
    server.price(8, 5);
    server.say(STALE);
    reconnect(server, false);
    server.say({ type: 'price:snapshot', updates: [priceUpdate(9, 8)] });
    expect(told).toEqual(['BTC stale', 'BTC live', 'BTC stale', 'BTC live']);
  });

  it('is forgotten with its stream and with its subscription', () => {
    const { server, told } = followed();
    server.say(STALE);
    server.client.unsubscribe(['ETH']);
    expect(told).toEqual(['BTC stale']);
    server.client.unsubscribe(['BTC']);
    server.say(STALE);
    server.epoch = 'epoch-2';
    server.close(1006);
    server.reconnect();
    expect(told).toEqual(['BTC stale', 'BTC live', 'BTC stale', 'BTC live']);
  });
});
