// A bus without JetStream, and one whose JetStream comes and goes: said plainly, with what can be had all the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Publisher, Server, priceUpdate } from './bus.mjs';
import { Client, caughtUp, chainFaults, outline, resumed } from './client.mjs';
import { startGateway } from './harness.mjs';
import { eventually } from './waiting.mjs';

const healthOf = async (gateway) => (await gateway.get('/healthz')).json();

async function startServer(t, options) {
  const server = await Server.make(t, options);
  await server.start();
  return { server, connection: await server.connect() };
}

async function listener(t, gateway) {
  const client = new Client(t, `${gateway.ws}?tokens=*`);
  await client.first('price:snapshot');
  return client;
}

/** Without JetStream nothing is acknowledged: waits for the gateway instead. */
async function publishPlainly(connection, client, tokens, count) {
  const from = client.updates.length;
  for (let n = 0; n < count; n += 1) {
    const token = tokens[n % tokens.length];
    connection.publish(`odin.tokens.${token}.price`, JSON.stringify(priceUpdate(token, n, `plain-${from + n}`)));
  }
  await eventually('they arrive', () => client.updates.length === from + count);
}

test('without JetStream the recent ring is the memory', { timeout: 60_000 }, async (t) => {
  const { server, connection } = await startServer(t, { jetStream: false });
  const gateway = await startGateway(t, ['--nats', server.url]);
  const health = await healthOf(gateway);
  assert.deepEqual([health.status, health.durability, health.checks['bus:durability'][0].status], ['warn', 'none', 'warn']);
  const staying = await listener(t, gateway);
  const leaving = await listener(t, gateway);
  assert.equal((await staying.first('welcome')).durability, 'none');
  await publishPlainly(connection, staying, ['A', 'B'], 30);
  await eventually('the same for the other', () => leaving.updates.length === 30);
  await leaving.leave();
  await publishPlainly(connection, staying, ['A', 'B'], 30);

  const back = await resumed(t, gateway.ws, leaving.position);
  assert.equal(back.recovered, true);
  await publishPlainly(connection, staying, ['A', 'B'], 10);
  await eventually('all that was missed, and what follows', () => back.updates.length >= 40);
  assert.deepEqual(outline([...leaving.updates, ...back.updates]), outline(staying.updates));
  assert.deepEqual(chainFaults([...leaving.messages, ...back.messages]), []);
  assert.equal((await resumed(t, gateway.ws, { ...leaving.position, seq: 10_000 })).recovered, false, 'a position of nobody');
  const { updates } = await back.ask({ type: 'history', id: 2, tokenId: 'A', limit: 20 });
  assert.deepEqual(outline(updates), outline(staying.updates.filter(({ tokenId }) => tokenId === 'A').slice(-20)));

  // The next start knows nothing of it, and says so.
  const next = await startGateway(t, ['--nats', server.url]);
  const elsewhere = await resumed(t, next.ws, back.position);
  assert.equal(elsewhere.recovered, false);
  assert.deepEqual((await elsewhere.first('price:snapshot')).updates, []);
  assert.deepEqual((await elsewhere.ask({ type: 'history', id: 2, tokenId: 'A', limit: 20 })).updates, []);
});

test('JetStream that comes later is taken, and waited for when it goes', { timeout: 120_000 }, async (t) => {
  const { server, connection } = await startServer(t, { jetStream: false });
  const gateway = await startGateway(t, ['--nats', server.url]);
  const first = await listener(t, gateway);
  await publishPlainly(connection, first, ['A'], 5);
  await server.stop();
  server.configure(true);
  await server.start();
  assert.equal((await first.end(30_000)).code, 4200, 'the old sequences are worth nothing now');

  const second = await resumed(t, gateway.ws, first.position);
  assert.equal(second.recovered, false);
  assert.equal((await second.first('welcome')).durability, 'jetstream');
  const publisher = new Publisher(connection);
  for (let n = 0; n < 20; n += 1) await publisher.publish('A', n);
  await caughtUp(second, publisher);
  assert.equal((await healthOf(gateway)).status, 'pass');

  await server.stop();
  server.configure(false);
  await server.start();
  await second.status('error');
  assert.match((await (await gateway.get('/readyz')).json()).detail, /lost its JetStream: enable it again/);
  const down = second.messages.length;
  await server.stop();
  server.configure(true);
  await server.start();
  await second.status('connected', down);
  for (let n = 0; n < 20; n += 1) await publisher.publish('A', n);
  await caughtUp(second, publisher);
  assert.deepEqual(outline(second.updates), outline(publisher.acked));
  assert.deepEqual(chainFaults(second.messages), []);
});
