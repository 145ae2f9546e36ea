// 1,000 clients for 20 s receive every update exactly once and in order: each list is compared with what the bus acknowledged.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import WebSocket from 'ws';
import { Publisher, connectBus } from './bus.mjs';
import { startGateway } from './harness.mjs';
import { eventually, within } from './waiting.mjs';

const CLIENTS = 1_000;
const PUBLISH_MS = 20_000;
const EVERY_MS = 20;
const TOKENS = Array.from({ length: 10 }, (_, n) => `T${n}`);

// The frames are the same bytes for every client: each is parsed once for all of them.
const parsed = new Map();

function parse(text) {
  if (!parsed.has(text)) parsed.set(text, JSON.parse(text));
  return parsed.get(text);
}

function listen(url) {
  const client = { updates: [], snapshots: 0, closed: undefined };
  client.socket = new WebSocket(`${url}?tokens=*`, { perMessageDeflate: false });
  client.socket.on('message', (data) => {
    const text = data.toString('latin1');
    if (text.startsWith('{"type":"price:update"')) client.updates.push(parse(text));
    else if (text.includes('"type":"price:snapshot"')) client.snapshots += 1;
  });
  client.socket.on('close', (code) => (client.closed = code));
  client.opened = new Promise((done, failed) => client.socket.once('open', () => done(client)).once('error', failed));
  return client;
}

const outline = (updates) => updates.map(({ seq, nonce }) => `${seq} ${nonce}`).join('\n');

test('1,000 clients receive every update exactly once', { timeout: 240_000 }, async (t) => {
  const gateway = await startGateway(t, ['--no-simulate']);
  const publisher = new Publisher(await connectBus(t, gateway.infoFile));
  const clients = Array.from({ length: CLIENTS }, () => listen(gateway.ws));
  t.after(() => clients.forEach(({ socket }) => socket.terminate()));
  await within('1,000 open WebSockets', Promise.all(clients.map((client) => client.opened)), 60_000);
  await eventually('every client is subscribed', () => clients.every((client) => client.snapshots === 1), 30_000);

  const end = Date.now() + PUBLISH_MS;
  await publisher.run(TOKENS, EVERY_MS, () => Date.now() > end);
  const { acked } = publisher;
  assert.ok(acked.length > 100, `${acked.length} updates were published`);
  const isComplete = ({ updates, closed }) => closed !== undefined || updates.at(-1)?.seq >= acked.at(-1).seq;
  await eventually('every client has the last update', () => clients.every(isComplete), 60_000);

  assert.deepEqual(clients.map(({ closed }) => closed).filter((code) => code !== undefined), [], 'nobody was cut');
  const wanted = outline(acked);
  const wrong = clients.filter(({ updates }) => outline(updates) !== wanted);
  assert.equal(wrong.length, 0, wrong.length ? `first wrong list: ${wrong[0].updates.length} of ${acked.length} updates` : '');
  const metrics = await gateway.metrics();
  assert.equal(metrics.odin_frames_lost_total, 0);
  t.diagnostic(`${acked.length} updates x ${CLIENTS} clients; gateway: ${metrics.process_cpu_seconds_total.toFixed(1)} s of CPU, ` +
    `${(1e6 * metrics.process_cpu_seconds_total / metrics.odin_deliveries_total).toFixed(1)} us per delivery all in, ` +
    `${(metrics.process_resident_memory_bytes / 2 ** 20).toFixed(0)} MB`);
});
