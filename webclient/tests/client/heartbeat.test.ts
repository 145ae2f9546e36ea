// Silence, death, pings and the latencies that come of them.

import { describe, expect, it } from 'vitest';
import { FakeServer } from '../support/fakeserver.ts';

describe('watchdog', () => {
  it('declares the feed dead after heartbeatMs + 10 s of silence', () => {
    const server = new FakeServer();
    server.client.connect();
    server.welcome(20_000);
    server.time.advance(29_999);
    expect(server.client.state.name).toBe('live');
    server.time.advance(1);
    expect(server.client.state).toMatchObject({ name: 'reconnecting', reason: 'The connection went silent', delayMs: 125 });
    expect(server.socket.closedByClient).toBe(true);
  });

  it.each([['a price', '{"type":"price:update"}'], ['an unknown message', '{"type":"later"}'], ['nonsense', '{']])(
    'takes %s for a sign of life',
    (_what, text) => {
      const server = new FakeServer().live();
      server.time.advance(24_000);
      server.raw(text);
      server.time.advance(24_999);
      expect(server.client.state.name).toBe('live');
      server.time.advance(1);
      expect(server.client.state.name).toBe('reconnecting');
    },
  );

  it('notices after a sleep that the connection is dead', () => {
    const server = new FakeServer().live();
    server.time.sleep(3_600_000);
    server.time.advance(0);
    expect(server.client.state.name).toBe('reconnecting');
  });

  it('ignores what a connection that was given up says later', () => {
    const server = new FakeServer().live();
    const dead = server.socket;
    server.time.advance(25_000);
    server.reconnect();
    dead.fire('close', { code: 4003, reason: '' });
    expect(server.client.state.name).toBe('live');
  });

  it.each([[0, 11_000], [1e12, 310_000]])('keeps a senseless heartbeat of %d ms in bounds', (heartbeatMs, limitMs) => {
    const server = new FakeServer();
    server.client.connect();
    server.welcome(heartbeatMs);
    server.time.advance(limitMs - 1);
    expect(server.client.state.name).toBe('live');
    server.time.advance(1);
    expect(server.client.state.name).toBe('reconnecting');
  });
});

describe('pings', () => {
  it('go out at once, twice soon after, and then every 5 s', () => {
    const server = new FakeServer().live();
    const sent = (): number => server.socket.commands('ping').length;
    expect(sent()).toBe(1);
    for (const [ms, total] of [[250, 2], [750, 3], [4_999, 3], [1, 4], [5_000, 5]] as const) {
      server.time.advance(ms);
      expect(sent()).toBe(total);
    }
  });

  it('measure the round trip, by their own id', () => {
    const server = new FakeServer().live();
    const trips: number[] = [];
    server.client.on('roundTrip', (ms) => trips.push(ms));
    server.time.advance(40);
    server.say({ type: 'pong', id: 999, clientTime: 0, serverTime: server.now });
    server.say({ type: 'pong', clientTime: 0, serverTime: server.now });
    server.pong();
    server.pong();
    expect(trips).toEqual([40]);
  });

  it('stop with the connection', () => {
    const server = new FakeServer().live();
    server.close(4003);
    server.time.advance(60_000);
    expect(server.socket.commands('ping')).toHaveLength(1);
  });
});

describe('delivery latency', () => {
  /** Live, and the server's clock is known to be an hour ahead. */
  function measured(): { server: FakeServer; delivered: (number | undefined)[] } {
    const server = new FakeServer();
    server.clockAheadMs = 3_600_000;
    const delivered: (number | undefined)[] = [];
    server.client.on('update', (event) => delivered.push(event.deliveryMs));
    server.live();
    server.pong();
    return { server, delivered };
  }

  it('has the difference of the clocks taken out', () => {
    const { server, delivered } = measured();
    const published = server.now;
    server.time.advance(7);
    server.price(1, 0, { timestamp: published });
    expect(delivered).toEqual([7]);
    expect(server.client.deliveryQuantiles(0.5)).toEqual([7]);
    expect(server.client.serverNow()).toBe(server.now);
  });

  it('is not measured before the offset is known', () => {
    const server = new FakeServer().live();
    server.price(1, 0);
    expect(server.client.deliveryQuantiles(0.5)).toEqual([undefined]);
    server.pong();
    expect(server.client.deliveryQuantiles(0.5)).toEqual([0]);
  });

  it('is not measured for what happened before this connection', () => {
    const { server, delivered } = measured();
    server.price(1, 0, { timestamp: server.now - 1 });
    expect(delivered).toEqual([undefined]);
  });

  it('is never negative', () => {
    const { server, delivered } = measured();
    server.price(1, 0, { timestamp: server.now + 50 });
    expect(delivered).toEqual([0]);
  });

  it('starts anew with every connection', () => {
    const { server } = measured();
    server.price(1, 0);
    server.close(1006);
    server.reconnect();
    server.pong();
    expect(server.client.deliveryQuantiles(0.5)).toEqual([undefined]);
  });

  it('does not trust the clock of the connection before', () => {
    const { server, delivered } = measured();
    server.close(1006);
    server.reconnect();
    server.price(1, 0);
    expect(delivered).toEqual([undefined]);
  });

  it('knows the server\'s time roughly from welcome on, for the ages of prices', () => {
    const server = new FakeServer();
    server.clockAheadMs = 3_600_000;
    server.live();
    expect(server.client.serverNow()).toBe(server.now);
  });
});
