// A bus that freezes, loses its store, or dies under clients that come and go: told at once, and nothing acknowledged is lost.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { Publisher, Server } from './bus.mjs';
import { Client, caughtUp, chainFaults, outline, resumed } from './client.mjs';
import { startGateway } from './harness.mjs';
import { eventually, sleep } from './waiting.mjs';

const TOKENS = ['A', 'B', 'C', 'D'];
const FROZEN_MS = 20_000;
const PROMISED_MS = 2_000;
const EVERY_MS = 20;

async function flowing(t) {
  const server = await Server.make(t);
  await server.start();
  const gateway = await startGateway(t, ['--nats', server.url]);
  const publisher = new Publisher(await server.connect());
  const clients = [1, 2, 3].map(() => new Client(t, `${gateway.ws}?tokens=*`));
  await Promise.all(clients.map((client) => client.first('price:snapshot')));
  let over = false;
  const ended = publisher.run(TOKENS, EVERY_MS, () => over);
  const stop = () => {
    over = true;
    return ended;
  };
  await eventually('prices flow', () => clients.every((client) => client.updates.length > 20));
  return { server, gateway, publisher, clients, stop };
}

/** Waits for a word from now on, of all clients. */
function toldOf(clients, word) {
  const from = clients.map((client) => client.messages.length);
  return () => Promise.all(clients.map((client, n) => client.status(word, from[n])));
}

async function stateOf(gateway) {
  const [ready, health] = await Promise.all(['/readyz', '/healthz'].map((where) => gateway.get(where)));
  const { status, checks } = await health.json();
  const live = (await gateway.metrics()).odin_bus_live;
  return { ready: ready.status, health: health.status, status, bus: checks['bus:state'][0].status, live };
}

const GOOD = { ready: 200, health: 200, status: 'pass', bus: 'pass', live: 1 };
const BAD = { ready: 503, health: 503, status: 'fail', bus: 'fail', live: 0 };

test('a broker that is frozen for 20 s is told, and nothing is lost', { timeout: 180_000 }, async (t) => {
  const { server, gateway, publisher, clients, stop } = await flowing(t);
  assert.deepEqual(await stateOf(gateway), GOOD);
  const reconnecting = toldOf(clients, 'reconnecting');
  const frozenAt = Date.now();
  server.running.signal('SIGSTOP');
  await reconnecting();
  t.diagnostic(`told after ${Date.now() - frozenAt} ms (promised: ${PROMISED_MS})`);
  assert.deepEqual(await stateOf(gateway), BAD);
  await sleep(frozenAt + FROZEN_MS - Date.now());
  assert.deepEqual(await stateOf(gateway), BAD);
  const ackedWhileFrozen = publisher.acked.length;

  const connected = toldOf(clients, 'connected');
  const thawedAt = Date.now();
  server.running.signal('SIGCONT');
  await connected();
  t.diagnostic(`back after ${Date.now() - thawedAt} ms`);
  assert.deepEqual(await stateOf(gateway), GOOD);
  await eventually('what was held back is acknowledged', () => publisher.acked.length > ackedWhileFrozen + FROZEN_MS / EVERY_MS / 2, 30_000);
  await stop();
  for (const client of clients) {
    await caughtUp(client, publisher);
    assert.deepEqual(outline(client.updates), outline(publisher.acked));
    assert.deepEqual(chainFaults(client.messages), []);
  }
});

test('a broker that comes back with an empty store is a new epoch', { timeout: 120_000 }, async (t) => {
  const { server, gateway, publisher, clients, stop } = await flowing(t);
  await stop();
  await Promise.all(clients.map((client) => caughtUp(client, publisher)));
  await server.stop();
  rmSync(server.store, { recursive: true });
  await server.start();
  for (const client of clients) assert.equal((await client.end(30_000)).code, 4200);

  const { position } = clients[0];
  const late = await resumed(t, gateway.ws, position); // at once: the gateway may not know the new stream yet
  assert.equal(late.recovered, false);
  assert.deepEqual((await late.first('price:snapshot')).updates, [], 'nothing of the old stream');
  publisher.acked = [];
  for (let n = 0; n < 20; n += 1) await publisher.publish(TOKENS[n % 4], n);
  await caughtUp(late, publisher);
  assert.deepEqual(outline(late.updates), outline(publisher.acked));
  assert.deepEqual(chainFaults(late.messages), []);

  // Its sequences are as good as the first ones were, and only with its own epoch.
  const next = await new Client(t, `${gateway.ws}?tokens=*`).open();
  const { epoch } = await next.first('welcome');
  assert.notEqual(epoch, position.epoch);
  const seq = publisher.acked[9].seq;
  const again = await resumed(t, gateway.ws, { epoch, seq });
  assert.equal(again.recovered, true);
  await caughtUp(again, publisher);
  assert.deepEqual(outline(again.updates), outline(publisher.acked.slice(10)));
  assert.equal((await resumed(t, gateway.ws, { epoch: position.epoch, seq })).recovered, false);
  assert.equal(late.position.epoch, epoch, 'the welcome after the close names the new epoch');
});

test('a client that leaves in an outage resumes during it, and after it', { timeout: 120_000 }, async (t) => {
  const { server, gateway, publisher, clients, stop } = await flowing(t);
  const [staying, during, after] = clients;
  await during.leave();
  await sleep(500);
  const reconnecting = toldOf([staying, after], 'reconnecting');
  await server.stop();
  await reconnecting();
  await after.leave();
  const duringNext = await resumed(t, gateway.ws, during.position);
  assert.equal(duringNext.recovered, true, 'the recent ring is there without the bus');
  await duringNext.first('resumed');
  assert.equal(duringNext.position.seq, after.position.seq);

  const connected = toldOf([staying, duringNext], 'connected');
  await server.start();
  await connected();
  const acked = publisher.acked.length;
  await eventually('publishing goes on', () => publisher.acked.length > acked + 50, 30_000);
  const afterNext = await resumed(t, gateway.ws, after.position);
  assert.equal(afterNext.recovered, true);
  await stop();
  for (const client of [staying, duringNext, afterNext]) await caughtUp(client, publisher);
  assert.deepEqual(outline(staying.updates), outline(publisher.acked));
  for (const [earlier, later] of [[during, duringNext], [after, afterNext]]) {
    assert.deepEqual(outline([...earlier.updates, ...later.updates]), outline(publisher.acked));
    assert.deepEqual(chainFaults([...earlier.messages, ...later.messages]), []);
  }
});
