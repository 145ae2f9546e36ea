// After a sleep, a night in a hidden tab or a change of networks.

import { describe, expect, it } from 'vitest';
import { FakeServer } from '../support/fakeserver.ts';

const NIGHT_MS = 8 * 3_600_000;

describe('wake', () => {
  it('ends a countdown', () => {
    const server = new FakeServer().live();
    server.close(1006);
    server.client.wake();
    expect(server.client.state.name).toBe('connecting');
  });

  it('notices at once that a connection has been silent for too long', () => {
    const server = new FakeServer().live();
    server.time.sleep(NIGHT_MS);
    server.client.wake();
    expect(server.client.state).toMatchObject({ name: 'reconnecting', reason: 'The connection went silent', delayMs: 125 });
  });

  it('gives a connection that may be dead three seconds to say something', () => {
    const server = new FakeServer().live();
    server.time.sleep(20_000);
    const before = server.socket.commands('ping').length;
    server.client.wake();
    expect(server.socket.commands('ping').length).toBe(before + 1);
    server.time.advance(2_999);
    expect(server.client.state.name).toBe('live');
    server.time.advance(1);
    expect(server.client.state.name).toBe('reconnecting');
  });

  it('leaves a connection alone that answers', () => {
    const server = new FakeServer().live();
    server.client.wake();
    server.time.advance(100);
    server.pong();
    server.time.advance(20_000);
    expect(server.client.state.name).toBe('live');
    expect(server.sockets).toHaveLength(1);
  });

  it.each(['idle', 'stopped', 'connecting'])('changes nothing while %s', (name) => {
    const server = new FakeServer();
    if (name !== 'idle') server.client.connect();
    if (name === 'stopped') server.close(4003);
    server.client.wake();
    expect(server.client.state.name).toBe(name);
    server.time.advance(5_000);
    expect(server.client.state.name).toBe(name);
  });

  it('leaves no timer behind', () => {
    const server = new FakeServer().live();
    server.client.wake();
    server.client.disconnect();
    expect(server.time.pending).toBe(0);
  });
});

describe('resumeMsMax', () => {
  /** Subscribed, and everything up to seq 7 seen; then lost. */
  function lost(awayMs: number): { server: FakeServer; resumed: boolean[] } {
    const server = new FakeServer({ resumeMsMax: 120_000 });
    const resumed: boolean[] = [];
    server.client.on('resumed', (recovered) => resumed.push(recovered));
    server.client.subscribe({ tokens: ['*'] });
    server.live();
    server.grant();
    server.price(7, 0);
    server.close(1006);
    server.time.sleep(awayMs);
    server.reconnect();
    return { server, resumed };
  }

  it('resumes what was lost a moment ago', () => {
    expect(lost(119_000).server.socket.commands('subscribe').at(-1)).toMatchObject({ resume: { epoch: 'epoch-1', seq: 7 } });
  });

  it('takes a snapshot after a night, in one round trip, and says that updates were missed', () => {
    const { server, resumed } = lost(NIGHT_MS);
    expect(server.socket.commands('subscribe')).toHaveLength(1);
    expect(server.socket.commands('subscribe')[0]).not.toHaveProperty('resume');
    expect(resumed).toEqual([false]);
    server.grant();
    server.price(9_000, 8_000);
    expect(server.client.counters).toMatchObject({ holes: 0, gaps: 1 });
  });

  it('counts from the last sign of life, and not from when the loss was noticed', () => {
    const server = new FakeServer({ resumeMsMax: 120_000 });
    server.client.subscribe({ tokens: ['*'] });
    server.live();
    server.grant();
    server.price(7, 0);
    server.time.sleep(NIGHT_MS);
    server.client.wake();
    server.reconnect();
    expect(server.socket.commands('subscribe')[0]).not.toHaveProperty('resume');
    server.grant();
    server.price(9_000, 8_000);
    server.close(1006);
    server.reconnect();
    expect(server.socket.commands('subscribe')[0]).toHaveProperty('resume');
  });

  it('is no limit unless it is given', () => {
    const server = new FakeServer();
    server.client.subscribe({ tokens: ['*'] });
    server.live();
    server.grant();
    server.price(7, 0);
    server.close(1006);
    server.time.sleep(NIGHT_MS);
    server.reconnect();
    expect(server.socket.commands('subscribe')[0]).toHaveProperty('resume');
  });
});
