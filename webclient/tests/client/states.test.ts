// Every transition of the state machine, against a scripted server.

import { describe, expect, it } from 'vitest';
import { CLOSE_CODES, OdinClient, type SocketConstructor } from '../../src/client/index.ts';
import { FakeServer } from '../support/fakeserver.ts';

const codes = Object.entries(CLOSE_CODES).map(([code, rule]) => [Number(code), rule] as const);
const withReaction = (reaction: string): number[] => codes.filter(([, rule]) => rule.reaction === reaction).map(([code]) => code);

/** Connected for so long that earlier failures are forgotten. */
function healthy(): FakeServer {
  const server = new FakeServer().live();
  server.time.advance(10_000);
  return server;
}

describe('connecting', () => {
  it('goes from idle over connecting to live, with welcome and not with the open socket', () => {
    const server = new FakeServer();
    expect(server.client.state.name).toBe('idle');
    server.client.connect();
    expect(server.client.state.name).toBe('connecting');
    server.socket.fire('open');
    expect(server.client.state.name).toBe('connecting');
    server.welcome();
    expect(server.states.map((state) => state.name)).toEqual(['connecting', 'live']);
  });

  it('opens one socket, however often it is asked', () => {
    const server = new FakeServer().live();
    server.client.connect();
    server.client.retryNow();
    expect(server.sockets).toHaveLength(1);
    expect(server.socket.url).toBe('ws://gateway/ws');
    expect(server.socket.protocols).toEqual(['odin.v1.json']);
  });

  it('offers an access token as a subprotocol, asked anew at every connect', () => {
    const tokens = ['a?>b', 'second'];
    const server = new FakeServer({ token: () => tokens.shift() ?? '' }).live();
    expect(server.socket.protocols).toEqual(['odin.v1.json', 'odin.bearer.YT8-Yg']);
    server.close(4203);
    server.reconnect();
    expect(server.socket.protocols).toEqual(['odin.v1.json', 'odin.bearer.c2Vjb25k']);
  });

  it('gives up on a server that does not welcome it within 10 s', () => {
    const server = new FakeServer();
    server.client.connect();
    server.socket.fire('open');
    server.time.advance(9_999);
    expect(server.client.state.name).toBe('connecting');
    server.time.advance(1);
    expect(server.client.state).toMatchObject({ name: 'reconnecting', reason: 'The gateway does not answer', delayMs: 250 });
    expect(server.socket.closedByClient).toBe(true);
  });

  it('is not held up by a server that talks and never welcomes', () => {
    const server = new FakeServer();
    server.client.connect();
    server.socket.fire('open');
    server.time.advance(9_000);
    server.raw('{"type":"price:update"}');
    server.time.advance(1_000);
    expect(server.client.state.name).toBe('reconnecting');
  });

  it('stops at an address that no WebSocket takes', () => {
    const Refusing = class {
      constructor() {
        throw new SyntaxError('bad address');
      }
    } as unknown as SocketConstructor;
    const client = new OdinClient({ url: 'nonsense', environment: { WebSocket: Refusing } });
    client.connect();
    expect(client.state).toEqual({ name: 'stopped', code: 0, reason: 'The address or the access token cannot be used' });
  });

  it('takes a second welcome for nothing', () => {
    const server = new FakeServer().live();
    server.welcome();
    expect(server.client.counters.connections).toBe(1);
  });
});

describe('degraded', () => {
  const status = (server: FakeServer, name: 'connected' | 'reconnecting' | 'error'): void =>
    server.say({ type: 'connection:status', status: name, connectedClients: 1, latency: 1 });

  it('follows the gateway\'s own source, and recovers', () => {
    const server = new FakeServer().live();
    status(server, 'reconnecting');
    expect(server.client.state).toEqual({ name: 'degraded', reason: 'The gateway is reconnecting to the price feed' });
    status(server, 'error');
    expect(server.client.state).toEqual({ name: 'degraded', reason: 'The gateway has no connection to the price feed' });
    status(server, 'connected');
    expect(server.client.state.name).toBe('live');
  });

  it('tells a change once', () => {
    const server = new FakeServer().live();
    for (let i = 0; i < 3; i += 1) status(server, 'connected');
    for (let i = 0; i < 3; i += 1) status(server, 'error');
    expect(server.states.map((state) => state.name)).toEqual(['connecting', 'live', 'degraded']);
  });
});

describe('close codes', () => {
  it.each(withReaction('stop'))('%i is final: it stops and says why', (code) => {
    const server = healthy();
    server.close(code);
    expect(server.client.state).toEqual({ name: 'stopped', code, reason: CLOSE_CODES[code]?.reason });
    server.time.advance(3_600_000);
    expect(server.sockets).toHaveLength(1);
    expect(server.time.pending).toBe(0);
  });

  it.each([...withReaction('backoff'), 1000, 1001, 1006, 1011])('%i backs off', (code) => {
    const server = healthy();
    for (const delayMs of [250, 500, 1_000]) {
      server.close(code);
      expect(server.client.state).toMatchObject({ name: 'reconnecting', delayMs });
      server.reconnect();
    }
  });

  it.each(withReaction('reconnect'))('%i reconnects at once, with a small jitter', (code) => {
    const server = healthy();
    server.close(code);
    expect(server.client.state).toMatchObject({ name: 'reconnecting', delayMs: 125 });
    server.reconnect();
    expect(server.client.state.name).toBe('live');
    server.close(code);
    expect(server.client.state).toMatchObject({ delayMs: 500 });
  });

  it('does not storm a server that drains before it welcomes', () => {
    const server = new FakeServer();
    server.client.connect();
    server.close(4200);
    expect(server.client.state).toMatchObject({ name: 'reconnecting', delayMs: 250 });
  });

  it('starts from short delays again after a stop, because a person asked', () => {
    const server = new FakeServer();
    server.client.connect();
    for (const code of [1006, 1006, 1006]) {
      server.close(code);
      server.time.advance(server.client.retryInMs);
    }
    server.close(4003);
    server.client.connect();
    server.close(1006);
    expect(server.client.state).toMatchObject({ delayMs: 250 });
  });
});

describe('reconnecting', () => {
  it('counts down and opens exactly then', () => {
    const server = healthy();
    server.close(1006);
    expect(server.client.retryInMs).toBe(250);
    server.time.advance(100);
    expect(server.client.retryInMs).toBe(150);
    server.time.advance(149);
    expect(server.sockets).toHaveLength(1);
    server.time.advance(1);
    expect(server.sockets).toHaveLength(2);
    expect(server.client.retryInMs).toBe(0);
  });

  it('can be told to try now, and then not a second time', () => {
    const server = healthy();
    server.close(1006);
    server.client.retryNow();
    expect(server.client.state.name).toBe('connecting');
    server.time.advance(1_000);
    expect(server.sockets).toHaveLength(2);
  });

  it('forgets failures after 10 s of health and not before', () => {
    const server = healthy();
    server.close(1006);
    server.reconnect();
    server.time.advance(9_999);
    server.close(1006);
    expect(server.client.state).toMatchObject({ delayMs: 500 });
    server.reconnect();
    server.time.advance(10_000);
    server.close(1006);
    expect(server.client.state).toMatchObject({ delayMs: 250 });
  });

  it('waits as long as a drain asked for', () => {
    const server = healthy();
    server.say({ type: 'drain', retryAfterMs: 3_000 });
    expect(server.client.state.name).toBe('live');
    server.close(4200);
    expect(server.client.state).toMatchObject({ name: 'reconnecting', delayMs: 3_125 });
    server.reconnect();
    server.time.advance(10_000);
    server.close(4200);
    expect(server.client.state, 'a hint counts once').toMatchObject({ delayMs: 125 });
  });

  it('waits as well when the drained server just vanishes', () => {
    const server = healthy();
    server.say({ type: 'drain', retryAfterMs: 3_000 });
    server.close(1006);
    expect(server.client.state).toMatchObject({ delayMs: 3_250 });
  });
});

describe('disconnect', () => {
  it.each(['connecting', 'live', 'reconnecting', 'stopped'])('leads from %s to idle and leaves no timer', (name) => {
    const server = new FakeServer();
    server.client.connect();
    if (name !== 'connecting') server.welcome();
    if (name === 'reconnecting') server.close(1006);
    if (name === 'stopped') server.close(4003);
    expect(server.client.state.name).toBe(name);
    server.client.disconnect();
    expect(server.client.state.name).toBe('idle');
    expect(server.time.pending).toBe(0);
  });

  it('closes the socket and hears nothing of it any more', () => {
    const server = new FakeServer().live();
    let updates = 0;
    server.client.on('update', () => (updates += 1));
    server.client.disconnect();
    expect(server.socket.closedByClient).toBe(true);
    server.price(1, 0);
    server.close(1006);
    expect([server.client.state.name, updates]).toEqual(['idle', 0]);
  });

  it('holds when a listener calls it in the middle of a welcome', () => {
    const server = new FakeServer();
    server.client.on('welcome', () => server.client.disconnect());
    server.live();
    expect(server.client.state.name).toBe('idle');
    expect(server.time.pending).toBe(0);
  });
});
