// Past updates: asked for by id, and ended by exactly one of answer, error, lost connection and deadline.

import { describe, expect, it } from 'vitest';
import { HISTORY_DEADLINE_MS } from '../../src/client/client.ts';
import { RequestError, type PriceUpdate } from '../../src/client/index.ts';
import { PENDING_REQUESTS_MAX } from '../../src/client/requests.ts';
import { FakeServer, priceUpdate } from '../support/fakeserver.ts';

const asked = (server: FakeServer): Record<string, unknown>[] => server.socket.commands('history');
const idOf = (server: FakeServer, index: number): number => asked(server)[index]?.['id'] as number;

function answer(server: FakeServer, id: number | undefined, ...updates: PriceUpdate[]): void {
  server.say({ type: 'history', tokenId: 'BTC', updates, ...(id !== undefined && { id }) });
}

/** Fails the test when it resolves. */
const reasonOf = (request: Promise<unknown>): Promise<RequestError> =>
  request.then(
    () => expect.fail('it was answered'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(RequestError);
      return error as RequestError;
    },
  );

describe('history', () => {
  it('sends what was asked for', () => {
    const server = new FakeServer().live();
    void server.client.history('BTC', { limit: 10, since: 5 }).catch(() => undefined);
    void server.client.history('ETH').catch(() => undefined);
    expect(asked(server)).toEqual([
      { type: 'history', id: idOf(server, 0), tokenId: 'BTC', limit: 10, since: 5 },
      { type: 'history', id: idOf(server, 1), tokenId: 'ETH', limit: 1_000 },
    ]);
  });

  it('gives each request its own answer, in whatever order they come, and leaves no timer', async () => {
    const server = new FakeServer().live();
    const timers = server.time.pending;
    const requests = [server.client.history('BTC'), server.client.history('BTC')];
    answer(server, idOf(server, 1), priceUpdate(2, 1));
    answer(server, idOf(server, 0), priceUpdate(1, 0), priceUpdate(2, 1));
    const seqs = (await Promise.all(requests)).map((updates) => updates.map((update) => update.seq));
    expect(seqs).toEqual([[1, 2], [2]]);
    expect(server.time.pending).toBe(timers);
  });

  it('is no part of the feed: nothing is told, counted or resumed from it', async () => {
    const server = new FakeServer();
    server.client.subscribe({ tokens: ['*'] });
    server.live();
    server.grant();
    const request = server.client.history('BTC');
    answer(server, idOf(server, 0), priceUpdate(90, 80));
    await request;
    expect(server.client.counters).toMatchObject({ updates: 0, holes: 0 });
    server.close(1006);
    server.reconnect();
    expect(server.socket.commands('subscribe')[0]).not.toHaveProperty('resume');
  });

  it('fails with the error of the same id, and with no other', async () => {
    const server = new FakeServer().live();
    const request = server.client.history('BTC');
    const id = idOf(server, 0);
    server.say({ type: 'error', id: id + 1, code: 107, reason: 'another one', retryable: false });
    server.say({ type: 'error', code: 107, reason: 'of no one', retryable: false });
    server.say({ type: 'error', id, code: 111, reason: 'too many requests', retryable: true });
    expect(await reasonOf(request)).toMatchObject({ message: 'too many requests', code: 111, retryable: true });
  });

  it('fails after its deadline; the answer that comes later is ignored', async () => {
    const server = new FakeServer();
    server.client.connect();
    server.welcome(60_000);
    const request = server.client.history('BTC');
    let over = false;
    const reason = reasonOf(request).finally(() => (over = true));
    server.time.advance(HISTORY_DEADLINE_MS - 1);
    await Promise.resolve();
    expect(over).toBe(false);
    server.time.advance(1);
    expect(await reason).toMatchObject({ message: 'No answer in time', code: undefined, retryable: true });
    answer(server, idOf(server, 0), priceUpdate(1, 0));
    expect(server.client.counters.badMessages).toBe(0);
  });

  it.each([
    ['the connection is lost', (server: FakeServer) => server.close(1006)],
    ['the server stops the client', (server: FakeServer) => server.close(4003)],
    ['the connection goes silent', (server: FakeServer) => server.time.sleep(3_600_000)],
    ['the client disconnects', (server: FakeServer) => server.client.disconnect()],
  ])('fails when %s', async (_what, end) => {
    const server = new FakeServer().live();
    const request = server.client.history('BTC');
    end(server);
    server.time.advance(0);
    expect((await reasonOf(request)).retryable).toBe(true);
  });

  it('fails at once without a connection', async () => {
    const server = new FakeServer();
    expect((await reasonOf(server.client.history('BTC'))).message).toBe('Not connected');
    server.client.connect();
    server.socket.fire('open');
    expect((await reasonOf(server.client.history('BTC'))).message).toBe('Not connected');
    expect(asked(server)).toEqual([]);
  });

  it('is not asked for without bound', async () => {
    const server = new FakeServer().live();
    const requests = Array.from({ length: PENDING_REQUESTS_MAX }, () => server.client.history('BTC').catch(() => undefined));
    expect((await reasonOf(server.client.history('BTC'))).message).toBe('Too many requests are waiting for an answer');
    expect(asked(server)).toHaveLength(PENDING_REQUESTS_MAX);
    answer(server, idOf(server, 0));
    await requests[0];
    requests.push(server.client.history('BTC').catch(() => undefined));
    expect(asked(server)).toHaveLength(PENDING_REQUESTS_MAX + 1);
    server.client.disconnect();
    await Promise.all(requests);
  });
});
