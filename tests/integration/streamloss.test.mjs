// A stream that drops messages before everybody has them: no client takes what is left for a whole.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Publisher, Server, makeStream, priceUpdate, publishBig } from './bus.mjs';
import { Client, caughtUp, chainFaults, outline, resumed } from './client.mjs';
import { startGateway } from './harness.mjs';
import { FaultProxy } from './ledger/proxy.mjs';
import { eventually } from './waiting.mjs';

const STREAM_BYTES = 1_000_000;
const FLOOD = 6_000; // of 3 KB: more than the stream keeps and than the connections between hold
const SHORT_FLOOD = 2_000;
const IN_FLIGHT = 500;
const RING_BYTES = 64 * 1024 * 1024;
const READ_BYTES_PER_SECOND = 4_000_000; // what the ring no longer has takes some seconds then

async function busWith(t, stream) {
  const server = await Server.make(t);
  await server.start();
  const connection = await server.connect();
  const streams = await makeStream(connection, stream);
  return { server, streams, publisher: new Publisher(connection) };
}

async function listen(t, gateway) {
  const client = new Client(t, `${gateway.ws}?tokens=*`);
  await client.first('price:snapshot');
  return client;
}

async function flood({ stream }, count = FLOOD) {
  const all = [];
  for (let n = 0; n < count; n += 1) {
    const text = JSON.stringify(priceUpdate('A', n, `flood-${n}`, { padding: 'x'.repeat(3_000) }));
    all.push(stream.publish('odin.tokens.A.price', text, { msgID: `flood-${n}`, timeout: 20_000 }));
    if (all.length % IN_FLIGHT === 0) await all.at(-1);
  }
  await Promise.all(all);
}

/** Updates of one token that do not follow the one before; a client as busy as this one may be thinned, and is told. */
function skipped({ updates }) {
  const rest = updates.map(({ seq, conflated = 0 }, n) => ({ seq, expected: (updates[n - 1]?.seq ?? 0) + 1 + conflated }));
  return rest.filter(({ seq, expected }) => seq !== expected);
}

/** What empties the stream under a gateway that cannot read for a moment. */
const LOSSES = {
  'is full': { max_bytes: STREAM_BYTES, empty: () => undefined },
  'is purged': { max_bytes: -1, empty: (streams) => streams.purge('ODIN') },
};

for (const [name, { max_bytes, empty }] of Object.entries(LOSSES)) {
  test(`a stream that ${name} before a gateway has read it makes clients begin anew`, { timeout: 90_000 }, async (t) => {
    const { server, streams, publisher } = await busWith(t, { max_bytes });
    const proxy = await new FaultProxy(t, server.port).ready();
    const gateway = await startGateway(t, ['--nats', `nats://user:secret@127.0.0.1:${proxy.port}`]);
    const client = await listen(t, gateway);
    await publisher.publish('A', 1);
    await caughtUp(client, publisher);
    await proxy.tell({ faults: { stall: 'down' } });
    await flood(publisher);
    await empty(streams);
    await proxy.tell({ faults: {} });
    await publisher.publish('A', 2);

    assert.equal((await client.end(30_000)).code, 4200);
    assert.ok(client.updates.length < FLOOD, 'much is lost');
    assert.deepEqual(skipped(client), [], 'nothing from behind the hole');
    const next = await resumed(t, gateway.ws, client.position);
    assert.equal(next.recovered, false);
    await publisher.publish('A', 3);
    await caughtUp(next, publisher);
    assert.deepEqual(chainFaults(next.messages), []);
    await gateway.says(/has dropped messages before they were read|no longer has the messages/);
  });
}

test('a stream that is purged while it is read back recovers nobody', { timeout: 90_000 }, async (t) => {
  const { server, streams, publisher } = await busWith(t, { max_bytes: -1 });
  const proxy = await new FaultProxy(t, server.port).ready();
  const gateway = await startGateway(t, ['--nats', `nats://user:secret@127.0.0.1:${proxy.port}`]);
  const staying = new Client(t, `${gateway.ws}?tokens=A`);
  await staying.first('price:snapshot');
  await publisher.publish('A', 1);
  await caughtUp(staying, publisher);
  const { position } = staying;
  await publishBig(publisher, 1.5 * RING_BYTES, () => publisher.publish('A', 1));
  await caughtUp(staying, publisher);

  const read = async (what) => (await gateway.metrics())[`odin_past_${what}_total`];
  await proxy.tell({ faults: { bytesPerSecond: READ_BYTES_PER_SECOND } });
  const asking = resumed(t, gateway.ws, position, ['A']);
  await eventually('the stream is being read', async () => (await read('messages')) > 1);
  await streams.purge('ODIN', { seq: publisher.acked.at(-1).seq - 2 });
  await proxy.tell({ faults: {} });
  const back = await asking;
  assert.equal(back.recovered, false);
  assert.equal(await read('ranges'), 1, 'it was tried');
  await publisher.publish('A', 2);
  for (const client of [staying, back]) {
    await caughtUp(client, publisher);
    assert.deepEqual(chainFaults(client.messages), []);
  }
});

test('resume below what the stream keeps: from the ring, or not at all', { timeout: 60_000 }, async (t) => {
  const { server, publisher } = await busWith(t, { max_bytes: 64 * 1024 });
  const first = await startGateway(t, ['--nats', server.url]);
  const leaving = await listen(t, first);
  for (let n = 0; n < 20; n += 1) await publisher.publish('A', n);
  await caughtUp(leaving, publisher);
  await leaving.leave();
  for (let n = 0; n < 500; n += 1) await publisher.publish('A', n);

  const second = await startGateway(t, ['--nats', server.url]);
  const refused = await resumed(t, second.ws, leaving.position);
  assert.equal(refused.recovered, false);
  assert.equal((await refused.first('price:snapshot')).updates[0].seq, publisher.acked.at(-1).seq);
  const { updates } = await refused.ask({ type: 'history', id: 2, tokenId: 'A', limit: 1000 });
  assert.ok(updates.length > 50 && updates.length < 500, `${updates.length} updates`);
  assert.deepEqual(outline(updates), outline(publisher.acked.slice(-updates.length)), 'as far back as the stream goes');

  const recovered = await resumed(t, first.ws, leaving.position);
  assert.equal(recovered.recovered, true);
  await caughtUp(recovered, publisher);
  assert.deepEqual(outline([...leaving.updates, ...recovered.updates]), outline(publisher.acked));
});

test('a stream that keeps the newest of each subject is warned of, and works', { timeout: 60_000 }, async (t) => {
  const { server, publisher } = await busWith(t, { max_bytes: -1, max_msgs_per_subject: 1 });
  const proxy = await new FaultProxy(t, server.port).ready();
  const gateway = await startGateway(t, ['--nats', `nats://user:secret@127.0.0.1:${proxy.port}`]);
  await gateway.says(/keeps only 1 messages of each subject/);
  const client = await listen(t, gateway);
  await publisher.publish('A', 1);
  await caughtUp(client, publisher);
  await proxy.tell({ faults: { stall: 'down' } });
  await flood(publisher, SHORT_FLOOD);
  await proxy.tell({ faults: {} });
  await publisher.publish('A', 2);
  const closed = client.closed.then(() => true);
  const last = publisher.acked.at(-1).seq;
  if (/answer|lost/.test(gateway.stderr)) return t.diagnostic('too slow to publish in time: it was an outage'); // and may begin anew
  await Promise.race([eventually('the last update', () => client.updates.at(-1)?.seq === last), closed]);
  assert.equal(client.updates.at(-1).seq, last, 'what a newer one replaced is not a loss of the stream');
  assert.ok(skipped(client).length > 0, 'some were replaced before they were read');
});
