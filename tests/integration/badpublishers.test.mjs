// Publishers that repeat themselves, mix up their clocks, lose an acknowledgement or come in a burst, and a bus that is slow:
// every message that was acknowledged arrives once, in the order of the stream.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jetstream } from '@nats-io/jetstream';
import WebSocket from 'ws';
import { Publisher, Server, connectTo, priceUpdate } from './bus.mjs';
import { Client, caughtUp, chainFaults, outline, resumed } from './client.mjs';
import { startGateway } from './harness.mjs';
import { FaultProxy } from './ledger/proxy.mjs';
import { eventually, sleep } from './waiting.mjs';

const BURST = 10_000;
const BURST_MS = 1_000;
const DELAY_MS = 200;
const ASKED_MS = 1_000; // a bus that is silent for so long is asked; a machine too busy to publish proves nothing

const userAt = (port) => `nats://user:secret@127.0.0.1:${port}`;

async function setUp(t) {
  const server = await Server.make(t);
  await server.start();
  const proxy = await new FaultProxy(t, server.port).ready();
  return { server, proxy, publisher: new Publisher(await server.connect()) };
}

async function listen(t, port) {
  const gateway = await startGateway(t, ['--nats', userAt(port)]);
  const client = new Client(t, `${gateway.ws}?tokens=*`);
  await client.first('price:snapshot');
  return { gateway, client };
}

/** One try, with a message id of its own choice. */
function publishAs(stream, msgID, token, nonce, more) {
  return stream.publish(`odin.tokens.${token}.price`, JSON.stringify(priceUpdate(token, 1, nonce, more)), { msgID, timeout: 5_000 });
}

test('the same message id is one update, the same nonce under another id is another', { timeout: 60_000 }, async (t) => {
  const { server, publisher } = await setUp(t);
  const { client } = await listen(t, server.port);
  const { stream } = publisher;
  const at = await Promise.all([1, 2, 3, 4, 5].map(() => publishAs(stream, 'twin', 'A', 'twin')));
  assert.deepEqual(at.map(({ duplicate }) => Boolean(duplicate)).sort(), [false, true, true, true, true]);
  await publisher.publish('B', 1);
  assert.equal((await publishAs(stream, 'twin', 'A', 'twin')).duplicate, true, 'later too');
  assert.equal((await publishAs(stream, 'other', 'A', 'twin')).duplicate ?? false, false);
  await publisher.publish('B', 2);
  await caughtUp(client, publisher);
  assert.deepEqual(client.updates.map(({ tokenId, nonce }) => `${tokenId} ${nonce}`), ['A twin', 'B it-0', 'A twin', 'B it-1']);
  assert.deepEqual(chainFaults(client.messages), []);
});

test('timestamps that run backwards are relayed in the order of the stream', { timeout: 60_000 }, async (t) => {
  const { server, publisher } = await setUp(t);
  const { gateway, client } = await listen(t, server.port);
  const now = Date.now();
  const times = [0, -60_000, 30_000, -3_600_000, 0, -1].map((ms) => now + ms);
  for (const [n, timestamp] of times.entries()) await publishAs(publisher.stream, `t-${n}`, 'A', `t-${n}`, { timestamp });
  await eventually('all of them', () => client.updates.length === times.length);
  assert.deepEqual(client.updates.map(({ timestamp }) => timestamp), times);
  assert.deepEqual(chainFaults(client.messages), []);
  const { updates } = await client.ask({ type: 'history', id: 1, tokenId: 'A', limit: 10 });
  assert.deepEqual(updates.map(({ timestamp }) => timestamp), times);
  const late = new Client(t, `${gateway.ws}?tokens=A`);
  assert.equal((await late.first('price:snapshot')).updates[0].nonce, 't-5', 'the last one stored, not the one with the latest time');
});

test('who retries after a lost acknowledgement makes no second update', { timeout: 60_000 }, async (t) => {
  const { server, proxy, publisher } = await setUp(t);
  const { client } = await listen(t, server.port);
  const unlucky = jetstream(await connectTo(t, userAt(proxy.port)));
  await publishAs(unlucky, 'first', 'A', 'first');
  await proxy.tell({ faults: { stall: 'down' } }); // the bus hears, and its answers are not heard
  const lost = publishAs(unlucky, 'unsure', 'A', 'unsure').then(() => 'acknowledged', () => 'no answer');
  await client.heard('the update', ({ nonce }) => nonce === 'unsure');
  await proxy.tell({ cut: true });
  await proxy.tell({ faults: {} });
  assert.equal(await lost, 'no answer');
  const retried = await eventually('the retry', () => publishAs(unlucky, 'unsure', 'A', 'unsure').catch(() => false), 20_000);
  assert.equal(retried.duplicate, true);
  await publisher.publish('A', 2);
  await caughtUp(client, publisher);
  assert.deepEqual(client.updates.map(({ nonce }) => nonce), ['first', 'unsure', 'it-0']);
  assert.deepEqual(chainFaults(client.messages), []);
});

/** `count` messages spread over `ms`, not waiting for acknowledgements. */
async function burst(t, publisher, count, ms) {
  const start = Date.now();
  const all = [];
  while (all.length < count) {
    const due = Math.min(count, Math.ceil((count * (Date.now() - start + 10)) / ms));
    while (all.length < due) all.push(publisher.publish(`T${all.length % 20}`, all.length));
    await sleep(5);
  }
  t.diagnostic(`${count} published in ${Date.now() - start} ms`);
  await Promise.all(all);
  t.diagnostic(`acknowledged after ${Date.now() - start} ms`);
  publisher.acked.sort((a, b) => a.seq - b.seq);
}

/** A client of mode stream is cut when it is as busy as this one, and resumes: its parts, when the last one has the last update. */
async function partsOf(t, first, url, { acked }) {
  const parts = [first];
  for (const last = acked.at(-1).seq; ; ) {
    const client = parts.at(-1);
    await eventually('the last update, or the end', () => client.updates.at(-1)?.seq === last || client.socket.readyState === WebSocket.CLOSED, 30_000);
    if (client.updates.at(-1)?.seq === last) return parts;
    parts.push(await resumed(t, url, client.position, ['*'], 'stream'));
    assert.equal(parts.at(-1).recovered, true);
  }
}

test('10,000 messages in a second arrive once each', { timeout: 120_000 }, async (t) => {
  const { server, publisher } = await setUp(t);
  const { gateway, client } = await listen(t, server.port);
  await client.ask({ type: 'subscribe', id: 1, tokens: ['*'], mode: 'stream' }); // never thinned
  await burst(t, publisher, BURST, BURST_MS);
  const parts = await partsOf(t, client, gateway.ws, publisher);
  t.diagnostic(`${parts.length - 1} resumes`);
  const updates = parts.flatMap((part) => part.updates);
  assert.equal(updates.length, BURST);
  assert.deepEqual(outline(updates), outline(publisher.acked));
  assert.deepEqual(chainFaults(parts.flatMap(({ messages }) => messages)), []);
  const metrics = await gateway.metrics();
  assert.deepEqual([metrics.odin_frames_lost_total, metrics.odin_feed_duplicates_total], [0, 0]);
});

test('a slow bus is late, not lossy, and health shows the lag', { timeout: 120_000 }, async (t) => {
  const { proxy, publisher } = await setUp(t);
  const { gateway, client } = await listen(t, proxy.port);
  const lagMs = async () => (await (await gateway.get('/healthz')).json()).checks['latency:store_to_feed'][0].observedValue;
  await publisher.publish('A', 0);
  await caughtUp(client, publisher);
  await proxy.tell({ faults: { delayMs: DELAY_MS } });
  const from = client.messages.length;
  let over = false;
  const publishing = publisher.run(['A', 'B', 'C'], 5, () => over);
  await eventually('health shows the lag', async () => (await lagMs()) >= DELAY_MS, 30_000);
  t.diagnostic(`store to feed: ${await lagMs()} ms with ${DELAY_MS} ms on the way`);
  await sleep(4_000); // longer than it takes to notice a bus that is dead
  over = true;
  await publishing;
  await caughtUp(client, publisher);
  assert.deepEqual(outline(client.updates), outline(publisher.acked));
  assert.deepEqual(chainFaults(client.messages), []);
  const times = client.updates.map(({ timestamp }) => timestamp);
  const longest = Math.max(...times.slice(1).map((time, n) => time - times[n]));
  const told = client.messages.slice(from).filter(({ type }) => type === 'connection:status').map(({ status }) => status);
  t.diagnostic(`longest silence of the publisher: ${longest} ms; told: ${told}`);
  if (longest < ASKED_MS) assert.ok(told.every((status) => status === 'connected'), 'slow is not dead');
});
