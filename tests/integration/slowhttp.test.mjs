// Slow attackers (slowhttptest: heads, bodies, reads): an honest client gets every update in order, an honest request its
// answer, and the gateway's memory stays flat. Loopback is exempt from the caps of an address, so the deadlines are all there is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, chainFaults } from './client.mjs';
import { BIN, Running, startGateway } from './harness.mjs';
import { eventually, sleep } from './waiting.mjs';

const CONNECTIONS = 400;
const SECONDS = 20;
const ANSWER_MS_MAX = 30_000; // also when the machine has other things to do
// A copy of the file for each slow reader would be twice as much. Sanitizers keep what is freed.
const GROWTH_BYTES_MAX = BIN.includes('asan') ? 1024 * 1024 * 1024 : 32 * 1024 * 1024;

const ATTACKS = {
  'slow heads': ['-H', '-i', '1', '-x', '24'],
  'slow bodies': ['-B', '-i', '1', '-s', '60000', '-x', '24'],
  'slow reads': ['-X', '-w', '10', '-y', '20', '-n', '5', '-z', '32', '-k', '3'],
};

/** The largest file that the page is made of. */
async function largestFile(gateway) {
  const html = await (await gateway.get('/')).text();
  const [script] = /\/assets\/[^"]+\.js/.exec(html);
  const others = (await (await gateway.get(script)).text()).match(/chartcanvas-[\w-]+\.js/g) ?? [];
  return others.length ? `/assets/${others[0]}` : script;
}

function attack(t, gateway, kind, where) {
  const bounds = ['-c', String(CONNECTIONS), '-r', '100', '-l', String(SECONDS), '-p', '5'];
  return new Running(t, 'slowhttptest', [...ATTACKS[kind], ...bounds, '-u', new URL(where, gateway.page).href, '-v', '1']);
}

async function askUntil(attacker, gateway) {
  let answers = 0;
  while (attacker.child.exitCode === null) {
    const answer = await fetch(new URL('/livez', gateway.page), { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    assert.equal(answer.status, 200);
    await answer.arrayBuffer();
    answers += 1;
    await sleep(50);
  }
  return answers;
}

test('slow attackers hold up nobody', { timeout: 250_000 }, async (t) => {
  const gateway = await startGateway(t, ['--interval', '50']);
  const honest = await new Client(t, `${gateway.ws}?tokens=*`).open();
  await honest.first('price:snapshot');
  const file = await largestFile(gateway);
  const memory = async () => (await gateway.metrics()).process_resident_memory_bytes;

  for (const [kind, where] of [['slow heads', '/'], ['slow bodies', '/livez'], ['slow reads', file]]) {
    await t.test(kind, async (t) => {
      const before = await memory();
      const from = honest.messages.length;
      const attacker = attack(t, gateway, kind, where);
      let most = 0;
      const watch = setInterval(async () => (most = Math.max(most, await memory().catch(() => 0))), 500);
      const answers = await askUntil(attacker, gateway).finally(() => clearInterval(watch));
      const { code } = await attacker.exit(30_000);
      t.diagnostic(`${answers} answers, ${honest.messages.length - from} messages, ${Math.round((most - before) / 1024)} KiB at most`);
      assert.equal(code, 0, attacker.stdout + attacker.stderr);
      assert.ok(answers > 0, 'requests were answered meanwhile');
      assert.ok(honest.messages.length > from, 'updates came meanwhile');
      assert.ok(most - before < GROWTH_BYTES_MAX, `${most - before} bytes more`);
      await eventually('the attackers are gone', async () => (await gateway.metrics()).odin_connections <= 2, 30_000);
    });
  }
  const soFar = honest.messages.length;
  await eventually('the honest client goes on', () => honest.messages.length > soFar + 100, 60_000);
  assert.deepEqual(chainFaults(honest.messages), []);
  assert.equal(honest.socket.readyState, 1);
  const metrics = await gateway.metrics();
  assert.ok(metrics['odin_door_turned_away_total{reason="deadline"}'] > CONNECTIONS, 'heads and bodies were ended');
});
