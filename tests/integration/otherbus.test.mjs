// A bus that exists already: joined with --nats, waited for when it is away, and never fed with simulated prices unasked.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Publisher, Server, connectBus } from './bus.mjs';
import { Client, chainFaults } from './client.mjs';
import { startGateway, temporaryFolder } from './harness.mjs';
import { childrenOf } from './system.mjs';
import { eventually, sleep } from './waiting.mjs';

async function publisherFor(t, server) {
  const file = `${temporaryFolder()}/info`;
  writeFileSync(file, server.url);
  return new Publisher(await connectBus(t, file));
}

test('an unreachable bus is waited for and shown', { timeout: 90_000 }, async (t) => {
  const server = await Server.make(t);
  const gateway = await startGateway(t, ['--nats', server.url]);
  assert.deepEqual(childrenOf(gateway.pid), [], 'no broker of its own');
  assert.ok(!gateway.stdout.includes('secret') && !gateway.stderr.includes('secret'), 'no credentials shown');

  const notReady = await gateway.get('/readyz');
  assert.equal(notReady.status, 503);
  assert.match((await notReady.json()).detail, new RegExp(`No bus answers at nats://127.0.0.1:${server.port}`));
  assert.equal((await gateway.get('/livez')).status, 200);
  assert.equal((await gateway.get('/healthz')).status, 503);
  const client = new Client(t, `${gateway.ws}?tokens=*`);
  assert.notEqual((await client.first('connection:status')).status, 'connected');

  await server.start();
  await client.status('connected');
  await eventually('/readyz', async () => (await gateway.get('/readyz')).status === 200);
  const publisher = await publisherFor(t, server);
  await publisher.publish('REAL', 7);
  assert.equal((await client.first('price:update')).price, 7);
  await sleep(1_500);
  assert.equal(client.updates.length, 1, 'no simulated prices on a bus that exists');
  assert.equal((await (await gateway.get('/config.json')).json()).simulated, false);
});

test('wrong credentials are shown, and it keeps trying', { timeout: 60_000 }, async (t) => {
  const server = await Server.make(t);
  await server.start();
  const gateway = await startGateway(t, ['--nats', `nats://user:wrong@127.0.0.1:${server.port}`]);
  const { detail } = await (await gateway.get('/readyz')).json();
  assert.match(detail, /refuses the credentials: correct user and password of --nats/);
  assert.ok(!`${detail}${gateway.stderr}`.includes('wrong@'));
  await server.stop();
  writeFileSync(server.configFile, readFileSync(server.configFile, 'utf8').replace('password: secret', 'password: wrong'));
  await server.start();
  await eventually('/readyz', async () => (await gateway.get('/readyz')).status === 200, 20_000);
});

test('the same seq and prev on two gateways, and over a restart of one', { timeout: 90_000 }, async (t) => {
  const server = await Server.make(t);
  await server.start();
  const publisher = await publisherFor(t, server);
  const first = await startGateway(t, ['--nats', server.url]);
  const early = new Client(t, `${first.ws}?tokens=*`);
  await early.first('price:snapshot');
  for (let n = 0; n < 50; n += 1) await publisher.publish(`T${n % 5}`, n);

  const second = await startGateway(t, ['--nats', server.url]);
  const late = new Client(t, `${second.ws}?tokens=*`);
  assert.equal((await late.first('price:snapshot')).updates.length, 5, 'the latest of every token');
  for (let n = 0; n < 50; n += 1) await publisher.publish(`T${n % 5}`, n);
  const last = publisher.acked.at(-1).seq;
  for (const client of [early, late]) await client.heard('the last', ({ type, seq }) => type === 'price:update' && seq === last);
  const outline = ({ tokenId, seq, prev }) => `${tokenId} ${seq} ${prev}`;
  assert.deepEqual(late.updates.map(outline), early.updates.slice(50).map(outline));
  assert.deepEqual([chainFaults(early.messages), chainFaults(late.messages)], [[], []]);
  assert.equal(early.messages[0].epoch, late.messages[0].epoch);
});
