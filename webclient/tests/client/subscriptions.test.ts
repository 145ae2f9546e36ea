import { describe, expect, it } from 'vitest';
import { ResumePoint } from '../../src/client/resume.ts';
import { Subscriptions } from '../../src/client/subscriptions.ts';
import { FakeServer } from '../support/fakeserver.ts';

const position = { epoch: 'e', seq: 9 };

function made(): Subscriptions {
  let id = 0;
  return new Subscriptions(() => (id += 1));
}

describe('Subscriptions', () => {
  it('asks for everything again, and resumes only what was granted once', () => {
    const subscriptions = made();
    subscriptions.add({ tokens: ['BTC'], mode: 'stream' });
    subscriptions.add({ tokens: ['ETH'] });
    subscriptions.granted(1);
    expect(subscriptions.commands(position)).toEqual([
      { type: 'subscribe', id: 3, tokens: ['BTC'], mode: 'stream', resume: position },
      { type: 'subscribe', id: 4, tokens: ['ETH'] },
    ]);
  });

  it('takes a token over into a newer request', () => {
    const subscriptions = made();
    subscriptions.add({ tokens: ['BTC', 'ETH'] });
    subscriptions.add({ tokens: ['BTC'], mode: 'latest', maxHz: 2 });
    subscriptions.add({ tokens: ['ETH'], mode: 'stream' });
    expect(subscriptions.commands(undefined)).toMatchObject([{ tokens: ['BTC'], maxHz: 2 }, { tokens: ['ETH'], mode: 'stream' }]);
  });

  it('forgets what was unsubscribed', () => {
    const subscriptions = made();
    subscriptions.add({ tokens: ['BTC', 'ETH'] });
    expect(subscriptions.remove(['BTC'])).toEqual({ type: 'unsubscribe', id: 2, tokens: ['BTC'] });
    expect(subscriptions.commands(undefined)).toMatchObject([{ tokens: ['ETH'] }]);
    subscriptions.remove(['ETH']);
    expect(subscriptions.commands(undefined)).toEqual([]);
  });

  it('remembers the exceptions from "all", until they are wanted again', () => {
    const subscriptions = made();
    subscriptions.add({ tokens: ['*'] });
    subscriptions.remove(['DOGE', 'XRP']);
    subscriptions.add({ tokens: ['XRP'] });
    expect(subscriptions.commands(undefined)).toMatchObject([
      { type: 'subscribe', tokens: ['*'] }, { type: 'subscribe', tokens: ['XRP'] }, { type: 'unsubscribe', tokens: ['DOGE'] },
    ]);
    subscriptions.add({ tokens: ['*'] });
    expect(subscriptions.commands(undefined).filter((command) => command.type === 'unsubscribe')).toEqual([]);
  });
});

describe('ResumePoint', () => {
  it('stays where it was until every resuming subscription has been answered', () => {
    const resume = new ResumePoint();
    resume.enter('e', 0);
    resume.saw(9);
    resume.enter('e', 2);
    resume.saw(50);
    expect(resume.position).toEqual(position);
    resume.caughtUp();
    expect(resume.position).toEqual(position);
    resume.caughtUp();
    expect(resume.position).toEqual({ epoch: 'e', seq: 50 });
  });

  it('stays for one subscription too: another one may be ahead of it', () => {
    const resume = new ResumePoint();
    resume.enter('e', 0);
    resume.saw(9);
    resume.enter('e', 1);
    resume.saw(50);
    expect(resume.position).toEqual(position);
    resume.caughtUp();
    expect(resume.position).toEqual({ epoch: 'e', seq: 50 });
  });

  it('goes back when its position led nowhere, and on from there', () => {
    const resume = new ResumePoint();
    resume.enter('e', 0);
    resume.saw(900);
    resume.restart(4);
    resume.saw(9);
    expect(resume.position).toEqual(position);
  });

  it('never goes back within an epoch otherwise, and starts at nothing in another', () => {
    const resume = new ResumePoint();
    expect(resume.enter('e', 0)).toBe(false);
    resume.saw(9);
    resume.saw(4);
    resume.saw(undefined);
    expect(resume.position).toEqual(position);
    expect(resume.enter('other', 1)).toBe(true);
    expect(resume.position).toBeUndefined();
  });
});

describe('the client', () => {
  it('asks for mode and rate, also on every later connection', () => {
    const server = new FakeServer();
    const request = { tokens: ['BTC'], mode: 'latest', maxHz: 2 } as const;
    server.client.subscribe(request);
    server.live();
    expect(server.socket.commands('subscribe')).toMatchObject([request]);
    server.close(1006);
    server.reconnect();
    expect(server.socket.commands('subscribe')).toMatchObject([request]);
  });

  it('subscribes in answer to welcome, and at once when it is live', () => {
    const server = new FakeServer();
    server.client.subscribe({ tokens: ['BTC'] });
    server.client.connect();
    server.socket.fire('open');
    server.client.subscribe({ tokens: ['ETH'] });
    expect(server.socket.sent).toEqual([]);
    server.welcome();
    server.client.subscribe({ tokens: ['SOL'] });
    server.client.unsubscribe(['BTC']);
    expect(server.socket.commands('subscribe').map((command) => command['tokens'])).toEqual([['BTC'], ['ETH'], ['SOL']]);
    expect(server.socket.commands('unsubscribe')).toMatchObject([{ tokens: ['BTC'] }]);
  });

  it('gives every command an id of its own', () => {
    const server = new FakeServer();
    server.client.subscribe({ tokens: ['BTC'] });
    server.live();
    server.client.authenticate('t');
    void server.client.history('BTC').catch(() => undefined);
    const ids = server.socket.sent.map((command) => command['id']);
    expect(new Set(ids).size).toBe(4);
  });
});
