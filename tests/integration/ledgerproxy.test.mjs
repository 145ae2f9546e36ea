// odin-faultproxy does what the ledger test tells it: a fault that does not happen would prove nothing.

import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { FaultProxy } from './ledger/proxy.mjs';
import { eventually, within } from './waiting.mjs';

/** A server that gives back what it gets. */
function echo(t) {
  const sockets = new Set();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).pipe(socket);
  });
  t.after(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done({ port: server.address().port, sockets })));
}

class Caller {
  heard = '';

  constructor(t, port) {
    this.socket = net.connect(port, '127.0.0.1').setEncoding('latin1').on('data', (text) => (this.heard += text));
    this.opened = new Promise((done) => this.socket.once('connect', done));
    this.ended = new Promise((done) => this.socket.once('close', () => done(this.error?.code ?? 'end')));
    this.socket.on('error', (error) => (this.error = error));
    t.after(() => this.socket.destroy());
  }

  async open() {
    await within('a connection', this.opened);
    return this;
  }

  /** Milliseconds until it came back. */
  async call(text) {
    const start = performance.now();
    const before = this.heard;
    this.socket.write(text);
    await eventually(`the echo of ${text}`, () => this.heard === before + text);
    return performance.now() - start;
  }
}

/** Not within some time that is long for this machine and no fault. */
const never = (what, check) => assert.rejects(eventually(what, check, 400), /not within/);

async function setUp(t) {
  const server = await echo(t);
  const proxy = await new FaultProxy(t, server.port).ready();
  const caller = await new Caller(t, proxy.port).open();
  await caller.call('hello');
  return { server, proxy, caller };
}

test('delay, for all and for one', { timeout: 60_000 }, async (t) => {
  const { proxy, caller } = await setUp(t);
  await proxy.tell({ faults: { delayMs: 100, jitterMs: 20 } });
  assert.ok((await caller.call('late')) >= 200);
  const other = await new Caller(t, proxy.port).open();
  assert.ok((await other.call('late too')) >= 200);
  await proxy.tell({ faults: { delayMs: 300 }, connection: await proxy.connectionOf(caller.socket.localPort) });
  assert.ok((await caller.call('later')) >= 600);
  assert.equal(await proxy.connectionOf(1), undefined);
});

test('bandwidth', { timeout: 60_000 }, async (t) => {
  const { proxy, caller } = await setUp(t);
  await proxy.tell({ faults: { bytesPerSecond: 20_000 } });
  assert.ok((await caller.call('x'.repeat(10_000))) >= 450);
});

test('a stall holds, and loses nothing', { timeout: 60_000 }, async (t) => {
  const { server, proxy, caller } = await setUp(t);
  for (const stall of ['up', 'down', 'both']) {
    await proxy.tell({ faults: { stall } });
    const { heard } = caller;
    caller.socket.write(stall);
    await never('an echo', () => caller.heard !== heard);
    await proxy.tell({ faults: {} });
    await eventually('the echo', () => caller.heard === heard + stall);
  }
  assert.equal(server.sockets.size, 1);
});

test('cut, half-open and refuse', { timeout: 60_000 }, async (t) => {
  const { server, proxy, caller } = await setUp(t);
  const [served] = server.sockets;
  const other = await new Caller(t, proxy.port).open();
  await other.call('still here');
  await proxy.tell({ cut: await proxy.connectionOf(caller.socket.localPort) });
  assert.equal(await within('the cut', caller.ended), 'ECONNRESET');
  await eventually('the other end of the cut', () => served.destroyed);
  await other.call('untouched');

  await proxy.tell({ refuse: true });
  assert.equal(await within('the refusal', new Caller(t, proxy.port).ended), 'ECONNREFUSED');
  await proxy.tell({ refuse: false });
  const late = await new Caller(t, proxy.port).open();
  await late.call('let in again');

  await proxy.tell({ halfOpen: true });
  const [, hers] = server.sockets;
  other.socket.destroy();
  await never('a word of the end', () => hers.destroyed || hers.readableEnded);
  await proxy.tell({ cut: true });
  await eventually('the end', () => hers.destroyed);
});

test('what it does not understand', { timeout: 60_000 }, async (t) => {
  const { proxy, caller } = await setUp(t);
  await assert.rejects(proxy.tell({ faults: { stall: 'sideways' } }), /stall is none/);
  await assert.rejects(proxy.tell({ break: true }), /no command/);
  assert.equal((await proxy.tell({ cut: 99 })).ok, false);
  await caller.call('unharmed');
});
