// Clients that come back: on another gateway, after a restart, from further back than the recent ring. Each gets what it missed,
// once and in order, or is told that it does not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Publisher, Server, publishBig } from './bus.mjs';
import { Client, caughtUp, chainFaults, outline, resumed } from './client.mjs';
import { startGateway } from './harness.mjs';
import { freePort } from './system.mjs';
import { eventually, sleep } from './waiting.mjs';

const TOKENS = ['A', 'B', 'C', 'D', 'E'];
const RETURNERS = 200;
const BACK_OFF_MS = 500; // as PROTOCOL says: full jitter up to this, doubled ...
const BACK_OFF_MS_MAX = 30_000;
const RING_BYTES = 64 * 1024 * 1024;

async function bus(t) {
  const server = await Server.make(t);
  await server.start();
  return { server, publisher: new Publisher(await server.connect()) };
}

/** Publishes every so often until stop(), which waits for the last acknowledgement. */
function steadily(publisher, everyMs) {
  let over = false;
  const ended = publisher.run(TOKENS, everyMs, () => over);
  return () => {
    over = true;
    return ended;
  };
}

test('a client that leaves one gateway resumes on another', { timeout: 90_000 }, async (t) => {
  const { server, publisher } = await bus(t);
  const first = await startGateway(t, ['--nats', server.url]);
  const leavers = [['*'], ['A', 'D']].map((tokens) => ({ tokens, client: new Client(t, `${first.ws}?tokens=${tokens}`) }));
  await Promise.all(leavers.map(({ client }) => client.first('price:snapshot')));
  const stop = steadily(publisher, 5);
  await eventually('prices flow', () => leavers.every(({ client }) => client.updates.length > 50));
  await Promise.all(leavers.map(({ client }) => client.leave()));
  const second = await startGateway(t, ['--nats', server.url]); // what was missed is older than its start
  await Promise.all(leavers.map(async (leaver) => (leaver.next = await resumed(t, second.ws, leaver.client.position, leaver.tokens))));
  await sleep(1_000);
  await Promise.all(leavers.map(({ next }) => next.leave()));
  await Promise.all(leavers.map(async (leaver) => (leaver.last = await resumed(t, first.ws, leaver.next.position, leaver.tokens))));
  await stop();
  for (const token of TOKENS) await publisher.publish(token, 1); // so that the last one of all is of each
  for (const { tokens, client, next, last } of leavers) {
    const wanted = tokens[0] === '*' ? publisher.acked : publisher.ackedOf(...tokens);
    await eventually('the last update', () => last.updates.at(-1)?.seq === wanted.at(-1).seq, 20_000);
    assert.deepEqual([next.recovered, last.recovered], [true, true]);
    const parts = [client, next, last];
    assert.ok(parts.every(({ updates }) => updates.length > 0));
    assert.deepEqual(outline(parts.flatMap(({ updates }) => updates)), outline(wanted));
    assert.deepEqual(chainFaults(parts.flatMap(({ messages }) => messages)), []);
  }
});

/** Stays with the gateway whatever happens, with full jitter; its parts together are one history. */
class Returner {
  parts = [];

  constructor(t, url) {
    Object.assign(this, { t, url, first: new Client(t, `${url}?tokens=*`) });
    this.parts.push(this.first);
  }

  async comeBack() {
    const earlier = this.parts.at(-1);
    await earlier.end(30_000);
    for (let tries = 0; ; tries += 1) {
      await sleep(Math.random() * Math.min(BACK_OFF_MS_MAX, BACK_OFF_MS * 2 ** tries));
      const client = await resumed(this.t, this.url, earlier.position).catch(() => undefined);
      if (client) return this.parts.push(client);
    }
  }

  get messages() {
    return this.parts.flatMap(({ messages }) => messages);
  }

  get updates() {
    return this.parts.flatMap(({ updates }) => updates);
  }
}

test('200 clients are back after a kill -9 of their gateway, each without a hole', { timeout: 180_000 }, async (t) => {
  const { server, publisher } = await bus(t);
  const ports = [await freePort(), await freePort()];
  const args = ['--nats', server.url, '--listen', `127.0.0.1:${ports[0]}`, '--admin', `127.0.0.1:${ports[1]}`];
  const gateway = await startGateway(t, args);
  const returners = Array.from({ length: RETURNERS }, () => new Returner(t, gateway.ws));
  await Promise.all(returners.map(({ first }) => first.first('price:snapshot')));
  const stop = steadily(publisher, 20);
  await sleep(1_000);

  const coming = returners.map((returner) => returner.comeBack());
  gateway.signal('SIGKILL');
  const killedAt = Date.now();
  await gateway.exit();
  const again = await startGateway(t, args);
  t.diagnostic(`ready again after ${Date.now() - killedAt} ms`);
  await Promise.all(coming);
  t.diagnostic(`the last client was back after ${Date.now() - killedAt} ms`);
  await stop();
  for (const returner of returners) {
    await caughtUp(returner.parts[1], publisher);
    assert.equal(returner.parts[1].recovered, true);
    assert.deepEqual(outline(returner.updates), outline(publisher.acked));
    assert.deepEqual(chainFaults(returner.messages), []);
  }
  assert.equal((await again.metrics()).odin_resumes_recovered_total, RETURNERS);
  const { updates } = await returners[0].parts[1].ask({ type: 'history', id: 2, tokenId: 'A', limit: 1000 });
  assert.deepEqual(outline(updates), outline(publisher.ackedOf('A').slice(-1000)), 'and of before the restart');
});

async function wrapRing(gateway, publisher) {
  const before = (await gateway.metrics()).odin_ring_frames;
  const added = await publishBig(publisher, 1.1 * RING_BYTES);
  const isTaken = async () => (await gateway.metrics()).odin_feed_updates_total >= before + added;
  await eventually('all is taken', isTaken, 30_000);
  const { odin_ring_frames: frames } = await gateway.metrics();
  assert.ok(frames < before + added, `${frames} frames are kept of ${before + added}`);
}

test('what the recent ring no longer has is read from the stream, once for all', { timeout: 150_000 }, async (t) => {
  const { server, publisher } = await bus(t);
  const gateway = await startGateway(t, ['--nats', server.url]);
  const leaving = new Client(t, `${gateway.ws}?tokens=A,B`);
  await leaving.first('price:snapshot');
  for (let n = 0; n < 20; n += 1) await publisher.publish('AB'[n % 2], n);
  await caughtUp(leaving, publisher);
  await leaving.leave();
  for (let n = 0; n < 300; n += 1) await publisher.publish('AB'[n % 2], n);
  await wrapRing(gateway, publisher);
  const together = await Promise.all(Array.from({ length: 20 }, () => resumed(t, gateway.ws, leaving.position, ['A', 'B'])));
  for (let n = 0; n < 20; n += 1) await publisher.publish('AB'[n % 2], n);
  for (const client of together) {
    assert.equal(client.recovered, true);
    await caughtUp(client, publisher);
    assert.deepEqual(outline([...leaving.updates, ...client.updates]), outline(publisher.acked));
    assert.deepEqual(chainFaults([...leaving.messages, ...client.messages]), []);
  }
  const metrics = await gateway.metrics();
  t.diagnostic(`${metrics.odin_past_ranges_total} reads of the stream for 20 clients`);
  assert.ok(metrics.odin_past_ranges_total >= 1 && metrics.odin_past_ranges_total <= 3);
  assert.equal(metrics.odin_past_failures_total, 0);
  const { updates } = await together[0].ask({ type: 'history', id: 2, tokenId: 'A', limit: 1000 });
  assert.deepEqual(outline(updates), outline(publisher.ackedOf('A')));
});
