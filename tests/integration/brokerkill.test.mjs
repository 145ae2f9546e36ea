// kill -9 of the managed broker in the middle: nothing that was acknowledged is lost, none comes twice, all in order.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Publisher, connectBus } from './bus.mjs';
import { Client, chainFaults } from './client.mjs';
import { startGateway } from './harness.mjs';
import { isGone } from './system.mjs';
import { eventually, sleep } from './waiting.mjs';

const KILLS = 3;
const TOKENS = ['KILL-1', 'KILL-2', 'KILL-3', 'KILL-4'];

test('kill -9 of the broker loses nothing that was acknowledged', { timeout: 180_000 }, async (t) => {
  const gateway = await startGateway(t, ['--no-simulate']);
  const publisher = new Publisher(await connectBus(t, gateway.infoFile));
  const clients = [1, 2, 3].map(() => new Client(t, `${gateway.ws}?tokens=*`));
  await Promise.all(clients.map((client) => client.first('price:snapshot')));

  let over = false;
  const publishing = publisher.run(TOKENS, 3, () => over);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await sleep(1_000);
    const heardSoFar = clients.map((client) => client.messages.length);
    const broker = gateway.brokerPid();
    process.kill(broker, 'SIGKILL');
    await eventually('the broker is gone', () => isGone(broker));
    await Promise.all(clients.map((client, n) => client.status('reconnecting', heardSoFar[n])));
    await Promise.all(clients.map((client, n) => {
      const down = client.messages.findIndex((m, at) => at >= heardSoFar[n] && m.status === 'reconnecting');
      return client.status('connected', down);
    }));
    assert.notEqual(gateway.brokerPid(), broker);
    const acked = publisher.acked.length;
    await eventually('publishing goes on', () => publisher.acked.length > acked + 50, 30_000);
  }
  over = true;
  await publishing;

  const { acked } = publisher;
  const outline = (updates) => updates.map(({ seq, nonce }) => `${seq} ${nonce}`);
  for (const client of clients) {
    await eventually('the last update', () => client.updates.at(-1)?.seq === acked.at(-1).seq, 20_000);
    assert.deepEqual(outline(client.updates), outline(acked));
    assert.deepEqual(chainFaults(client.messages), []);
  }
  assert.equal((await gateway.get('/readyz')).status, 200);
  assert.ok((await gateway.metrics()).odin_feed_reconnects_total >= KILLS);
  assert.equal(new URL(gateway.nats).port, new URL((await statusOf(gateway)).bus.url).port, 'the bus stays on its port');
  t.diagnostic(`${acked.length} acknowledged updates over ${KILLS} kills: 0 lost, 0 twice`);
});

async function statusOf(gateway) {
  const answer = await fetch(new URL('/api/v1/status', gateway.admin), { signal: AbortSignal.timeout(10_000) });
  return answer.json();
}
