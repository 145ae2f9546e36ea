// A stream or a server that is full or too small: publishers are told, clients stay, and what was acknowledged arrives.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Publisher, Server, makeStream, priceUpdate } from './bus.mjs';
import { Client, caughtUp, chainFaults, outline } from './client.mjs';
import { startGateway } from './harness.mjs';
import { eventually, sleep } from './waiting.mjs';

const TRIES_MAX = 5_000;

const isReady = (gateway) => async () => (await gateway.get('/readyz')).status === 200;
const healthOf = async (gateway) => (await gateway.get('/healthz')).json();

/** One try each, until the bus refuses; gives its error. */
async function fill(publisher) {
  for (let n = 0; n < TRIES_MAX; n += 1) {
    const nonce = `fill-${n}`;
    const text = JSON.stringify(priceUpdate(`F${n % 3}`, n, nonce, { padding: 'x'.repeat(500) }));
    try {
      const { seq } = await publisher.stream.publish(`odin.tokens.F${n % 3}.price`, text, { msgID: nonce, timeout: 5_000 });
      publisher.acked.push({ seq, nonce });
    } catch (error) {
      return error;
    }
  }
  throw new Error(`${TRIES_MAX} messages and not full`);
}

// A publisher sees the first as an error of its stream, the second as one of the server.
const FULL = {
  'a stream that is full': { server: {}, stream: { max_bytes: 64 * 1024, discard: 'new' }, error: /maximum bytes exceeded/ },
  'a server that is full': { server: { jetStream: 'max_file_store: 1MB' }, stream: { max_bytes: -1 }, error: /insufficient resources|resource limits exceeded/ },
};

for (const [name, { server: options, stream, error }] of Object.entries(FULL)) {
  test(`${name}: publishers hear it, clients stay, a purge helps`, { timeout: 90_000 }, async (t) => {
    const server = await Server.make(t, options);
    await server.start();
    const connection = await server.connect();
    const streams = await makeStream(connection, stream);
    const gateway = await startGateway(t, ['--nats', server.url]);
    if (stream.discard === 'new') await gateway.says(/stream ODIN is used as it is, but it refuses new messages when it is full/);
    await gateway.says(/stream ODIN is used as it is, but it keeps other ages or sizes/);
    const publisher = new Publisher(connection);
    const client = new Client(t, `${gateway.ws}?tokens=*`);
    await client.first('price:snapshot');

    assert.match((await fill(publisher)).message, error);
    assert.ok(publisher.acked.length > 50);
    await caughtUp(client, publisher);
    const late = publisher.publish('LATE', 1); // tries on
    await sleep(1_000);
    assert.ok(!publisher.acked.some(({ nonce }) => nonce === 'it-0'), 'still full');
    assert.equal((await healthOf(gateway)).status, 'pass', 'a full stream is still read');

    await streams.purge('ODIN');
    await late;
    for (let n = 0; n < 10; n += 1) await publisher.publish(`F${n % 3}`, n);
    await caughtUp(client, publisher);
    assert.deepEqual(outline(client.updates), outline(publisher.acked));
    assert.deepEqual(chainFaults(client.messages), [], 'what was purged was delivered before: no hole');
    const statuses = client.messages.filter(({ type }) => type === 'connection:status').map(({ status }) => status);
    assert.deepEqual([...new Set(statuses)], ['connected']);
    assert.equal(client.socket.readyState, 1, 'the same connection all the time');
  });
}

test('a server without room for our stream is an error until somebody makes a smaller one', { timeout: 60_000 }, async (t) => {
  const server = await Server.make(t, { jetStream: 'max_file_store: 1MB' });
  await server.start();
  const gateway = await startGateway(t, ['--nats', server.url]);
  const client = await new Client(t, `${gateway.ws}?tokens=*`).open();
  await client.status('error');
  const { detail } = await (await gateway.get('/readyz')).json();
  assert.match(detail, /refused while creating stream ODIN: .*(storage|resources)/);
  assert.equal((await healthOf(gateway)).status, 'fail');

  const connection = await server.connect();
  await makeStream(connection, { max_bytes: 512 * 1024 });
  await client.status('connected');
  await eventually('/readyz', isReady(gateway));
  const publisher = new Publisher(connection);
  await publisher.publish('A', 1);
  await caughtUp(client, publisher);
});
