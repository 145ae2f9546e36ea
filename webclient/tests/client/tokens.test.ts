// Access tokens: asked for each connection, renewed while one lasts, and what happens when there is none.

import { describe, expect, it } from 'vitest';
import { expiryOf } from '../../src/client/tokens.ts';
import { FakeServer } from '../support/fakeserver.ts';

/** Lets everything run that only waits for a promise. */
async function settled(): Promise<void> {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
}

/** A JWT that ends `ms` after 1970; nobody here verifies it. */
function jwt(ms: number | string | undefined): string {
  const part = (value: unknown): string => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${part({ alg: 'none' })}.${part({ sub: '>>>???', exp: typeof ms === 'number' ? ms / 1_000 : ms })}.sig`;
}

const sent = (server: FakeServer): unknown[] => server.socket.commands('auth').map(({ token }) => token);

describe('a provider', () => {
  it('is told whether any token will do, or the last one has expired', () => {
    const needs: string[] = [];
    const server = new FakeServer({ token: (need) => (needs.push(need), 'x') }).live();
    server.close(1006);
    server.reconnect();
    server.close(4203);
    server.reconnect();
    server.close(1006);
    server.reconnect();
    expect(needs).toEqual(['connect', 'connect', 'renew', 'connect']);
  });

  it('may take its time', async () => {
    const server = new FakeServer({ token: () => Promise.resolve('later') });
    server.client.connect();
    expect(server.client.state.name).toBe('connecting');
    expect(server.sockets).toHaveLength(0);
    await settled();
    expect(server.socket.protocols).toEqual(['odin.v1.json', 'odin.bearer.bGF0ZXI']);
    server.welcome();
    expect(server.client.state.name).toBe('live');
    server.client.disconnect();
    expect(server.time.pending).toBe(0);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no'))],
    ['throws', () => { throw new Error('no'); }],
  ])('that %s is asked again after a delay', async (_what, token) => {
    const server = new FakeServer({ token });
    server.client.connect();
    await settled();
    expect(server.client.state).toEqual({ name: 'reconnecting', reason: 'No access token could be had', delayMs: 250 });
    server.time.advance(250);
    await settled();
    expect(server.client.state).toMatchObject({ name: 'reconnecting', delayMs: 500 });
    expect(server.sockets).toHaveLength(0);
  });

  it('that never answers does not hold the client up, and may not answer later', async () => {
    const answers: ((token: string) => void)[] = [];
    const server = new FakeServer({ token: () => new Promise((resolve) => answers.push(resolve)) });
    server.client.connect();
    server.time.advance(15_000);
    expect(server.client.state.name).toBe('reconnecting');
    answers[0]?.('late');
    await settled();
    expect(server.sockets).toHaveLength(0);
    server.client.retryNow();
    answers[1]?.('good');
    await settled();
    expect(server.sockets).toHaveLength(1);
  });

  it('that answers after a disconnect opens nothing', async () => {
    const server = new FakeServer({ token: () => Promise.resolve('x') });
    server.client.connect();
    server.client.disconnect();
    await settled();
    expect(server.sockets).toHaveLength(0);
    expect(server.time.pending).toBe(0);
  });

  it('is not needed for a listener that disconnects while connecting', () => {
    const server = new FakeServer({ token: () => 'x' });
    server.client.on('state', (state) => state.name === 'connecting' && server.client.disconnect());
    server.client.connect();
    expect(server.client.state.name).toBe('idle');
    expect(server.sockets).toHaveLength(0);
  });

  it('may give nothing that cannot travel', () => {
    const server = new FakeServer({ token: () => 'ключ' });
    server.client.connect();
    expect(server.client.state).toMatchObject({ name: 'stopped', reason: 'The address or the access token cannot be used' });
  });
});

describe('renewal', () => {
  const lifeMs = 100_000;

  /** Live, with a token that ends after `lifeMs`; the server's clock is an hour ahead. */
  function expiring(token: () => string | Promise<string>): FakeServer {
    const server = new FakeServer({ token });
    server.clockAheadMs = 3_600_000;
    server.authExpires = server.now + lifeMs;
    return server.live();
  }

  /** Time passes, timers fire, promises settle. */
  async function pass(server: FakeServer, ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 1_000) {
      server.time.advance(Math.min(left, 1_000));
      server.raw('{"type":"sign of life"}');
      await settled();
    }
  }

  it('sends a fresh token half a minute before the end, and again before the end of that one', async () => {
    const tokens = ['first', jwt(0)];
    const server = expiring(() => tokens.shift() ?? 'third');
    tokens[0] = jwt(server.now + 2 * lifeMs);
    await pass(server, 69_000);
    expect(sent(server)).toEqual([]);
    const second = tokens[0];
    await pass(server, 1_000);
    expect(sent(server)).toEqual([second]);
    await pass(server, 99_000);
    expect(sent(server)).toHaveLength(1);
    await pass(server, 1_000);
    expect(sent(server)).toEqual([second, 'third']);
    await pass(server, 500_000);
    expect(sent(server)).toHaveLength(2);
  });

  it('of a short life happens at half time', async () => {
    const server = new FakeServer({ token: () => 'x' });
    server.authExpires = server.now + 8_000;
    server.live();
    await pass(server, 3_000);
    expect(sent(server)).toEqual([]);
    await pass(server, 1_000);
    expect(sent(server)).toEqual(['x']);
  });

  it('does not spin when every token is expired already', async () => {
    const server = expiring(() => jwt(1_000));
    await pass(server, 70_000);
    expect(sent(server)).toHaveLength(1);
    await pass(server, 20_000);
    expect(sent(server)).toHaveLength(5);
  });

  it('is tried again when the provider fails', async () => {
    let fail = false;
    const server = expiring(() => (fail ? Promise.reject(new Error('no')) : 'good'));
    fail = true;
    await pass(server, 72_000);
    expect(sent(server)).toEqual([]);
    fail = false;
    await pass(server, 3_000);
    expect(sent(server)).toEqual(['good']);
  });

  it('happens at once when the server says that the token has expired', async () => {
    const server = new FakeServer({ token: () => 'fresh' }).live();
    server.say({ type: 'error', code: 109, reason: 'token expired', retryable: true });
    server.time.advance(0);
    await settled();
    expect(sent(server)).toEqual(['fresh']);
    server.say({ type: 'error', code: 109, reason: 'token expired', retryable: true });
    await pass(server, 4_000);
    expect(sent(server)).toHaveLength(1);
    await pass(server, 1_000);
    expect(sent(server)).toHaveLength(2);
  });

  it('ends with the connection, even while the provider works', async () => {
    let answer: (token: string) => void = () => undefined;
    const tokens: (string | Promise<string>)[] = ['first', new Promise((resolve) => (answer = resolve))];
    const server = expiring(() => tokens.shift() ?? 'more');
    await pass(server, 70_000);
    server.client.disconnect();
    answer('too late');
    await settled();
    expect(sent(server)).toEqual([]);
    expect(server.time.pending).toBe(0);
  });

  it('does not happen without a provider', async () => {
    const server = new FakeServer();
    server.authExpires = server.now;
    server.live();
    server.say({ type: 'error', code: 109, reason: 'token expired', retryable: true });
    await pass(server, 10_000);
    expect(sent(server)).toEqual([]);
  });

  it('can be done by hand, on a connection that stands', () => {
    const server = new FakeServer();
    expect(server.client.authenticate('x')).toBe(false);
    server.live();
    expect(server.client.authenticate('x')).toBe(true);
    expect(sent(server)).toEqual(['x']);
  });
});

describe('expiryOf', () => {
  it('reads the end of a JWT', () => {
    expect(expiryOf(jwt(1_700_000_000_000))).toBe(1_700_000_000_000);
  });

  it.each([['no exp', jwt(undefined)], ['no number', jwt('soon')], ['no JWT', 'opaque'], ['nothing', ''], ['no JSON', 'a.b.c']])('knows none of %s', (_what, token) => {
    expect(expiryOf(token)).toBeUndefined();
  });
});
