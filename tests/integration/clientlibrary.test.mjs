// Does the client library (webclient/lib, as it is built for others) say of the real gateway what is true of it?

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import WebSocket from 'ws';
import { OdinClient, RequestError } from '../../webclient/lib/index.js';
import { Publisher, connectBus } from './bus.mjs';
import { outline } from './client.mjs';
import { ROOT, Running, startGateway } from './harness.mjs';
import { eventually } from './waiting.mjs';

const TOKENS = ['LIB-1', 'LIB-2', 'LIB-3'];
const EXAMPLE = path.join(ROOT, 'webclient/examples/prices.mjs');

/** A connected client of the library that notes everything it is told. */
function follow(t, gateway, { tokens = ['*'], ...request } = {}) {
  const client = new OdinClient({ url: gateway.ws, environment: { WebSocket } });
  const heard = { states: [], updates: [], snapshots: [], resumed: [], drains: [], roundTrips: [], granted: [], errors: [], badMessages: [] };
  client.on('state', (state) => heard.states.push(state));
  client.on('update', (event) => (event.origin === 'snapshot' ? heard.snapshots : heard.updates).push(event));
  client.on('resumed', (recovered) => heard.resumed.push(recovered));
  client.on('drain', (drain) => heard.drains.push(drain));
  client.on('roundTrip', (ms) => heard.roundTrips.push(ms));
  client.on('subscribed', (reply) => heard.granted.push(reply));
  client.on('serverError', (error) => heard.errors.push(error));
  client.on('badMessage', (reason) => heard.badMessages.push(reason));
  client.subscribe({ tokens, ...request });
  client.connect();
  t.after(() => client.disconnect());
  const is = (name, ms = 20_000) => eventually(`the state ${name}`, () => client.state.name === name, ms);
  const has = (what, ms = 20_000) => eventually('the last update', () => heard.updates.length >= what.length, ms);
  return { client, heard, is, has, told: () => outline(heard.updates.map(({ update }) => update)) };
}

/** Publishes on all tokens for as long as `meanwhile` takes. */
async function publishing(publisher, meanwhile) {
  let over = false;
  const ended = publisher.run(TOKENS, 5, () => over);
  try {
    await meanwhile();
  } finally {
    over = true;
    await ended;
  }
}

function assertFlawless({ client, heard }) {
  const { holes, gaps, badMessages, unknownMessages, late, duplicates, conflated } = client.counters;
  assert.deepEqual({ holes, gaps, badMessages, unknownMessages, late, conflated }, { holes: 0, gaps: 0, badMessages: 0, unknownMessages: 0, late: 0, conflated: 0 });
  assert.deepEqual(heard.badMessages, []);
  return duplicates;
}

test('the library and the gateway understand each other', { timeout: 120_000 }, async (t) => {
  const gateway = await startGateway(t, ['--no-simulate']);
  const publisher = new Publisher(await connectBus(t, gateway.infoFile));

  await t.test('every update comes once and in order, with its delivery latency', async (t) => {
    const reader = follow(t, gateway);
    await reader.is('live');
    await eventually('a grant', () => reader.heard.granted.length === 1);
    assert.deepEqual(reader.heard.states.map(({ name }) => name).slice(0, 2), ['connecting', 'live']);
    const before = publisher.acked.length;
    await publishing(publisher, () => eventually('many updates', () => reader.heard.updates.length > 300, 30_000));
    const acked = publisher.acked.slice(before);
    await reader.has(acked);
    assert.deepEqual(reader.told(), outline(acked));
    assert.equal(assertFlawless(reader), 0);
    await eventually('a round trip', () => reader.heard.roundTrips.length > 0);
    const [p50] = reader.client.deliveryQuantiles(0.5);
    assert.ok(p50 >= 0 && p50 < 10_000, `p50 ${p50} ms`);
    assert.ok(Math.abs(reader.client.serverNow() - Date.now()) < 1_000, 'one machine, one clock');
  });

  await t.test('what was missed while disconnected is sent again, and told as such', async (t) => {
    const reader = follow(t, gateway);
    await eventually('the snapshot', () => reader.heard.snapshots.length >= TOKENS.length);
    await publisher.publish(TOKENS[0], 1);
    await eventually('one update', () => reader.heard.updates.length === 1);
    reader.client.disconnect();
    const before = publisher.acked.length - 1;
    for (let n = 0; n < 50; n += 1) await publisher.publish(TOKENS[n % TOKENS.length], n);
    reader.client.connect();
    await reader.has(publisher.acked.slice(before));
    assert.deepEqual(reader.told(), outline(publisher.acked.slice(before)));
    assert.deepEqual(reader.heard.resumed, [true]);
    assert.deepEqual(reader.heard.updates.slice(1).map(({ origin }) => origin), Array(50).fill('resumed'));
    assertFlawless(reader);
  });

  await t.test('a position that is too old for the client is given up for a snapshot', async (t) => {
    const client = new OdinClient({ url: gateway.ws, environment: { WebSocket }, resumeMsMax: 0 });
    t.after(() => client.disconnect());
    const origins = [];
    const resumed = [];
    client.on('update', ({ origin }) => origins.push(origin));
    client.on('resumed', (recovered) => resumed.push(recovered));
    client.subscribe({ tokens: TOKENS });
    client.connect();
    await eventually('the snapshot', () => origins.length === TOKENS.length);
    client.disconnect();
    for (const token of TOKENS) await publisher.publish(token, 7);
    client.connect();
    await eventually('another snapshot', () => origins.length === 2 * TOKENS.length);
    assert.deepEqual([...new Set(origins)], ['snapshot']);
    assert.deepEqual(resumed, [false]);
    assert.equal(client.counters.holes, 0);
  });

  await t.test('history is what was published, oldest first', async (t) => {
    const reader = follow(t, gateway);
    await reader.is('live');
    const mine = publisher.ackedOf(TOKENS[1]);
    const updates = await reader.client.history(TOKENS[1], { limit: 20 });
    assert.deepEqual(outline(updates), outline(mine.slice(-20)));
    await assert.rejects(reader.client.history('not a token'), (error) => error instanceof RequestError && error.code === 102 && !error.retryable);
    assert.deepEqual(await reader.client.history('NEVER-SEEN'), []);
  });

  await t.test('modes and single tokens are granted, and a token can be let go of', async (t) => {
    const reader = follow(t, gateway, { tokens: [TOKENS[0], TOKENS[1]], mode: 'latest', maxHz: 5 });
    await eventually('a grant', () => reader.heard.granted.length === 1);
    assert.deepEqual([reader.heard.granted[0].mode, reader.heard.granted[0].maxHz], ['latest', 5]);
    assert.deepEqual([...reader.heard.granted[0].tokens].sort(), TOKENS.slice(0, 2));
    let left;
    reader.client.on('unsubscribed', ({ tokens }) => (left = tokens));
    reader.client.unsubscribe([TOKENS[0]]);
    await eventually('the reply', () => left !== undefined);
    assert.deepEqual(left, [TOKENS[1]]);
    for (const token of TOKENS) await publisher.publish(token, 3);
    await eventually('the one update', () => reader.heard.updates.length > 0);
    assert.deepEqual(reader.heard.updates.map(({ update }) => update.tokenId), [TOKENS[1]]);
  });

  await t.test('a refused subscription is told, and the connection stays', async (t) => {
    const reader = follow(t, gateway);
    await reader.is('live');
    reader.client.subscribe({ tokens: ['no such name!'] });
    await eventually('the error', () => reader.heard.errors.length === 1);
    assert.equal(reader.heard.errors[0].code, 102);
    assert.equal(reader.client.state.name, 'live');
  });
});

test('broker and gateway go and come back, and the library loses nothing', { timeout: 180_000 }, async (t) => {
  const args = ['--no-simulate'];
  const gateway = await startGateway(t, args);
  const publisher = new Publisher(await connectBus(t, gateway.infoFile));
  const reader = follow(t, gateway);
  await eventually('a grant', () => reader.heard.granted.length === 1);
  await publishing(publisher, async () => {
    await eventually('updates', () => reader.heard.updates.length > 50);
    process.kill(gateway.brokerPid(), 'SIGKILL');
    await reader.is('degraded');
    assert.match(reader.client.state.reason, /price feed/);
    await reader.is('live', 30_000);
    const had = reader.heard.updates.length;
    await eventually('updates again', () => reader.heard.updates.length > had + 50, 30_000);
  });
  await reader.has(publisher.acked);
  assert.deepEqual(reader.told(), outline(publisher.acked));

  gateway.signal('SIGTERM');
  await eventually('the end of the connection', () => reader.client.state.name !== 'live');
  assert.equal(reader.heard.drains.length, 1);
  const restarting = reader.heard.states.find(({ name }) => name === 'reconnecting');
  assert.equal(restarting.reason, 'The gateway is restarting');
  assert.ok(restarting.delayMs >= reader.heard.drains[0].retryAfterMs, 'the hint of the server is honoured');
  assert.equal((await gateway.exit()).code, 0);
  await startGateway(t, [...args, '--listen', new URL(gateway.page).host], { folder: gateway.folder });
  const again = new Publisher(await connectBus(t, gateway.infoFile), 'again');
  const before = reader.heard.updates.length;
  for (let n = 0; n < 20; n += 1) await again.publish(TOKENS[n % TOKENS.length], n);
  await eventually('live again', () => reader.client.state.name === 'live' || reader.client.retryNow(), 45_000);
  await eventually('what was missed', () => reader.heard.updates.length >= before + 20, 30_000);
  assert.deepEqual(reader.told(), outline([...publisher.acked, ...again.acked]));
  assert.deepEqual(reader.heard.resumed, [true]);
  assertFlawless(reader);
});

test('a whole program: webclient/examples/prices.mjs', { timeout: 60_000 }, async (t) => {
  const gateway = await startGateway(t, ['--no-simulate']);
  const publisher = new Publisher(await connectBus(t, gateway.infoFile));
  const example = new Running(t, process.execPath, [EXAMPLE, gateway.ws, 'LIB-1']);
  await eventually('the connection', () => /^live$/m.test(example.stderr));
  await eventually('a price', async () => {
    await publisher.publish('LIB-1', 64_218.42);
    await publisher.publish('LIB-2', 1);
    return /^LIB-1 +64218\.42 +(live|[\d.]+ ms)$/m.test(example.stdout);
  });
  assert.doesNotMatch(example.stdout, /LIB-2/);
  example.signal('SIGTERM');
  assert.equal((await example.exit()).code, 0);
  assert.match(example.stderr, /idle\n$/);
});
