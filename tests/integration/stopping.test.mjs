// The programs end politely when asked, at once when asked twice, and never leave a broker behind.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from './client.mjs';
import { PROGRAMS, startGateway } from './harness.mjs';
import { childrenOf, isGone } from './system.mjs';
import { eventually } from './waiting.mjs';

const CLIENTS = 50;
const POLITE_MS = 10_000; // promised

async function connected(t, gateway, count) {
  const clients = Array.from({ length: count }, () => new Client(t, `${gateway.ws}?tokens=*`));
  await Promise.all(clients.map((client) => client.first('price:snapshot')));
  return clients;
}

for (const program of Object.keys(PROGRAMS)) {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    test(`${program} ends on ${signal} with clients connected`, { timeout: 60_000 }, async (t) => {
      const gateway = await startGateway(t, ['--interval', '50'], { program });
      const clients = await connected(t, gateway, CLIENTS);
      const children = childrenOf(gateway.pid);
      assert.equal(children.length, 1, 'the broker');
      const asked = Date.now();
      gateway.signal(signal);
      const { code } = await gateway.exit(POLITE_MS);
      t.diagnostic(`${program} ended ${Date.now() - asked} ms after ${signal}`);
      assert.equal(code, 0, gateway.stderr);
      assert.ok(children.every(isGone), 'no child is left');
      for (const client of clients) {
        assert.equal((await client.end()).code, 4200);
        const { retryAfterMs } = await client.first('drain');
        assert.ok(retryAfterMs >= 0 && retryAfterMs <= 5_000);
      }
      const hints = new Set(clients.map((client) => client.messages.find(({ type }) => type === 'drain').retryAfterMs));
      assert.ok(hints.size > CLIENTS / 2, 'the hints are spread out');
    });
  }
}

test('a second SIGTERM ends it at once', { timeout: 60_000 }, async (t) => {
  const stopped = async (signals) => {
    const gateway = await startGateway(t);
    const [client] = await connected(t, gateway, 1);
    const broker = gateway.brokerPid();
    process.kill(broker, 'SIGSTOP'); // so that waiting for it politely takes its time
    const asked = Date.now();
    for (let n = 0; n < signals; n += 1) {
      gateway.signal('SIGTERM');
      await client.first('drain');
    }
    await gateway.exit(POLITE_MS);
    const took = Date.now() - asked;
    await eventually('the broker is gone', () => isGone(broker));
    return took;
  };
  const polite = await stopped(1);
  const twice = await stopped(2);
  assert.ok(twice < polite, `${twice} ms after two signals, ${polite} ms after one`);
});

test('kill -9 of the program leaves no broker', { timeout: 60_000 }, async (t) => {
  const gateway = await startGateway(t);
  const broker = gateway.brokerPid();
  gateway.signal('SIGKILL');
  await gateway.exit();
  await eventually('the broker is gone', () => isGone(broker));
});

test('the store is kept: the next start knows the prices of the last', { timeout: 60_000 }, async (t) => {
  const first = await startGateway(t, ['--interval', '50']);
  const [client] = await connected(t, first, 1);
  await client.first('price:update');
  first.signal('SIGTERM');
  assert.equal((await first.exit()).code, 0);

  const second = await startGateway(t, ['--no-simulate'], { folder: first.folder });
  const [again] = await connected(t, second, 1);
  const snapshot = await again.first('price:snapshot');
  const last = client.updates.at(-1);
  const known = snapshot.updates.find((update) => update.tokenId === last.tokenId);
  assert.ok(known.seq >= last.seq);
  assert.equal(again.messages[0].epoch, client.messages[0].epoch, 'the same stream');
});
