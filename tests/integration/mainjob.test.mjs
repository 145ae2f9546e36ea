// The main job: the program starts with nothing configured, and prices move on a WebSocket.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, chainFaults } from './client.mjs';
import { PROGRAMS, startGateway } from './harness.mjs';
import { sleep } from './waiting.mjs';

const FIRST_PRICE_MS = 15_000; // a figure for a busy machine: the one that counts is printed
const TOKENS = ['ADA', 'AVAX', 'BTC', 'DOGE', 'DOT', 'ETH', 'LINK', 'ODIN', 'SOL', 'XRP'];

const hasPrice = (message) => message.type === 'price:update' || message.updates?.length > 0;

for (const program of Object.keys(PROGRAMS)) {
  test(`${program}: a price soon after the start`, { timeout: 60_000 }, async (t) => {
    const started = Date.now();
    const gateway = await startGateway(t, [], { program });
    const ready = Date.now() - started;
    const client = new Client(t, `${gateway.ws}?tokens=*`);
    await client.heard('a price', hasPrice);
    const first = Date.now() - started;
    t.diagnostic(`${program}: ready after ${ready} ms, first price on a WebSocket after ${first} ms`);
    assert.ok(first < FIRST_PRICE_MS);
    assert.match(gateway.stdout, /^ready [^\n]*\n$/, 'exactly one line on standard output');
    assert.doesNotMatch(gateway.nats, /@/, 'no credentials in the ready line');
  });
}

test('ten tokens move at their own pace', { timeout: 60_000 }, async (t) => {
  const gateway = await startGateway(t);
  const client = new Client(t, `${gateway.ws}?tokens=*`);
  const moved = () => new Set(client.updates.map((update) => update.tokenId));
  await client.heard('updates of all ten tokens', () => moved().size === 10, { ms: 30_000 });
  assert.deepEqual([...moved()].sort(), TOKENS);
});

test('welcome first, then the snapshot, then ten seconds without a hole', { timeout: 60_000 }, async (t) => {
  const gateway = await startGateway(t, ['--interval', '20']);
  const early = new Client(t, `${gateway.ws}?tokens=*`);
  await early.heard('a price', hasPrice);
  const client = new Client(t, `${gateway.ws}?tokens=*`);
  await client.heard('updates', (message) => message.type === 'price:update');
  await sleep(10_000);

  const [welcome] = client.messages;
  const kinds = Object.fromEntries(Object.entries(welcome).map(([name, value]) => [name, Array.isArray(value) ? 'array' : typeof value]));
  assert.deepEqual(kinds, {
    type: 'string', sessionId: 'string', node: 'string', version: 'string', epoch: 'string', serverTime: 'number',
    heartbeatMs: 'number', simulated: 'boolean', durability: 'string', tokens: 'array', limits: 'object',
  });
  assert.equal(welcome.type, 'welcome');
  assert.equal(welcome.simulated, true);
  assert.equal(welcome.durability, 'jetstream');
  assert.notEqual(welcome.epoch, '');

  const types = client.messages.map((message) => message.type);
  assert.ok(types.indexOf('price:snapshot') < types.indexOf('price:update'), 'the snapshot comes before updates');
  assert.deepEqual(chainFaults(early.messages), []);
  assert.deepEqual(chainFaults(client.messages), []);
  assert.ok(client.updates.length > 500, `${client.updates.length} updates at 10 tokens x 50/s in 10 s`);
  assert.ok(new Set(client.updates.map((update) => update.price)).size > 100, 'prices change');
  t.diagnostic(`${client.updates.length} updates in 10 s`);
});
