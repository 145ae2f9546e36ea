// Silence is told from death: each token's own rhythm is learned, subscribers hear when it falls silent and when it speaks
// again, and an outage of the bus is nobody's silence.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Publisher, Server, connectBus } from './bus.mjs';
import { Client, chainFaults } from './client.mjs';
import { startGateway, temporaryFolder } from './harness.mjs';
import { eventually, sleep } from './waiting.mjs';

const EVERY_MS = 150; // each token's own pace
const STALE_MS = 3_000; // staleMsMin: a token of this pace is stale after that
const DOWN_MS = 4_000;
const STAGES = ['publish_to_store', 'store_to_feed', 'feed_to_hub', 'hub_to_shard', 'shard_to_socket'];

/** Publishes on one token at a steady pace until stop(). */
function steadily(publisher, token) {
  let over = false;
  const ended = publisher.run([token], EVERY_MS, () => over);
  const stop = () => {
    over = true;
    return ended;
  };
  return { stop };
}

async function checkOf(gateway, name) {
  const { checks } = await (await gateway.get('/healthz')).json();
  return checks[name][0];
}

async function tokenOf(gateway, token) {
  const answer = await fetch(new URL('/api/v1/status', gateway.admin), { signal: AbortSignal.timeout(10_000) });
  return (await answer.json()).tokens.find(({ tokenId }) => tokenId === token);
}

const isKnown = (gateway, token) =>
  eventually(`the cadence of ${token} is known`, async () => (await tokenOf(gateway, token))?.expectedMs > 0, 40_000);

const noticesOf = ({ messages }, token) => messages.filter(({ type, tokenId }) => /^feed:/.test(type) && tokenId === token);

/** No notice of a token that was never silent; a machine on which we could not publish in time proves nothing. */
function assertNeverStale(t, client, token) {
  const times = client.updates.filter(({ tokenId }) => tokenId === token).map(({ timestamp }) => timestamp).sort((a, b) => a - b);
  const longest = Math.max(...times.slice(1).map((time, n) => time - times[n]));
  t.diagnostic(`${token}: ${times.length} updates, longest silence ${longest} ms`);
  if (longest < STALE_MS) assert.deepEqual(noticesOf(client, token), []);
}

test('a token that falls silent is told, and that it speaks again', { timeout: 150_000 }, async (t) => {
  const gateway = await startGateway(t, ['--no-simulate']);
  const bus = await connectBus(t, gateway.infoFile);
  const [steady, ending] = [new Publisher(bus, 'steady'), new Publisher(bus, 'ending')];
  const all = new Client(t, `${gateway.ws}?tokens=*`);
  const other = new Client(t, `${gateway.ws}?tokens=STEADY`);
  await Promise.all([all, other].map((client) => client.first('price:snapshot')));

  const lasting = steadily(steady, 'STEADY');
  const stopping = steadily(ending, 'ENDING');
  await Promise.all(['STEADY', 'ENDING'].map((token) => isKnown(gateway, token)));
  assertNeverStale(t, all, 'ENDING');
  await stopping.stop();
  const before = noticesOf(all, 'ENDING').length; // on a machine that was too busy to publish
  const stale = await eventually('feed:stale', () => noticesOf(all, 'ENDING')[before], 40_000);
  assert.equal(stale.type, 'feed:stale');
  assert.ok(stale.expectedMs >= STALE_MS && stale.ageMs >= stale.expectedMs, JSON.stringify(stale));
  await eventually('health names it', async () => /ENDING/.test((await checkOf(gateway, 'feed:stale')).output));
  assert.equal((await checkOf(gateway, 'feed:stale')).status, 'warn');
  assert.equal((await tokenOf(gateway, 'ENDING')).stale, true);
  assert.ok((await gateway.metrics()).odin_hub_tokens_stale >= 1);

  await ending.publish('ENDING', 1);
  const { nonce } = ending.acked.at(-1);
  await all.heard('the update after the silence', (message) => message.nonce === nonce);
  const about = all.messages.filter(({ tokenId }) => tokenId === 'ENDING').slice(-3);
  assert.deepEqual(about.map(({ type }) => type), ['feed:stale', 'feed:live', 'price:update']);
  assert.ok(about[1].ageMs >= stale.ageMs);
  await eventually('it is no longer stale', async () => !(await tokenOf(gateway, 'ENDING')).stale);

  await lasting.stop();
  assertNeverStale(t, all, 'STEADY');
  assert.deepEqual(noticesOf(other, 'ENDING'), [], 'told to subscribers only');
  assert.deepEqual(chainFaults(all.messages), []);
  const metrics = await gateway.metrics();
  for (const stage of STAGES) {
    assert.ok(metrics[`odin_stage_latency_seconds_count{stage="${stage}"}`] > 0, stage);
    assert.equal((await checkOf(gateway, `latency:${stage}`)).observedUnit, 'ms');
  }
});

test("an outage of the bus is nobody's silence", { timeout: 150_000 }, async (t) => {
  const server = await Server.make(t);
  await server.start();
  const infoFile = `${temporaryFolder()}/info`;
  writeFileSync(infoFile, server.url);
  const gateway = await startGateway(t, ['--nats', server.url]);
  const publisher = new Publisher(await connectBus(t, infoFile));
  const client = new Client(t, `${gateway.ws}?tokens=*`);
  const publishing = steadily(publisher, 'STEADY');
  await isKnown(gateway, 'STEADY');

  const heardSoFar = client.messages.length;
  await server.stop(); // kill -9
  await client.status('reconnecting', heardSoFar);
  await sleep(DOWN_MS);
  const down = client.messages.length;
  await server.start();
  await client.status('connected', down);
  const updates = client.updates.length;
  await eventually('its updates go on', () => client.updates.length > updates + 100, 40_000);
  await publishing.stop();
  assertNeverStale(t, client, 'STEADY');
  assert.deepEqual(chainFaults(client.messages), []);
});
