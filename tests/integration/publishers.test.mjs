// Real input: the publishers of docs/examples, as a reader would run them, and a file of trades.

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Client, chainFaults } from './client.mjs';
import { ROOT, Running, startGateway, temporaryFolder } from './harness.mjs';
import { eventually } from './waiting.mjs';

const PYTHON = process.env.ODIN_PYTHON ?? '/usr/bin/python3';
const example = (name) => path.join(ROOT, 'docs/examples', name);

/** The example where a reader would have it: in a folder with the npm packages that it names. */
function besidePackages(name) {
  const folder = temporaryFolder();
  symlinkSync(new URL('node_modules', import.meta.url).pathname, path.join(folder, 'node_modules'));
  copyFileSync(example(name), path.join(folder, name));
  return path.join(folder, name);
}

const EXAMPLES = { Node: () => [process.execPath, besidePackages('publisher.mjs')], Python: () => [PYTHON, example('publisher.py')] };

for (const [language, command] of Object.entries(EXAMPLES)) {
  test(`a publisher of one's own in ${language}`, { timeout: 60_000 }, async (t) => {
    const gateway = await startGateway(t, ['--no-simulate']);
    const client = new Client(t, `${gateway.ws}?tokens=DEMO`);
    await client.first('price:snapshot');
    const [program, script] = command();
    const publisher = new Running(t, program, [script, gateway.infoFile], { env: { PYTHONDONTWRITEBYTECODE: '1' } });
    assert.equal((await publisher.exit(20_000)).code, 0, publisher.stderr);
    await eventually('three updates', () => client.updates.length === 3);
    assert.deepEqual(client.updates.map(({ tokenId, price }) => [tokenId, price]), [['DEMO', 1.5], ['DEMO', 2.5], ['DEMO', 3.5]]);
    const acked = [...publisher.stdout.matchAll(/acked seq (\d+)/g)].map((found) => Number(found[1]));
    assert.deepEqual(acked, client.updates.map(({ seq }) => seq));
    assert.deepEqual(chainFaults(client.messages), []);
  });
}

test('a file of trades is played', { timeout: 60_000 }, async (t) => {
  const file = example('trades.csv');
  const isTrade = (row) => /^[^#,]+,[^,]+,[\d.]+,[\d.]+/.test(row);
  const trades = readFileSync(file, 'utf8').split(/\r?\n/).filter(isTrade).map((row) => row.split(','));
  assert.ok(trades.length > 0);
  const gateway = await startGateway(t, ['--replay', file, '--replay-speed', '0']);
  const client = new Client(t, `${gateway.ws}?tokens=*`);
  const latest = new Map(trades.map(([, token, price]) => [token, Number(price)]));
  const known = () => new Map(client.messages.flatMap((m) => m.updates ?? (m.type === 'price:update' ? [m] : [])).map((u) => [u.tokenId, u.price]));
  await eventually('the last trade of every token', () => [...latest].every(([token, price]) => known().get(token) === price), 20_000);
  assert.deepEqual(chainFaults(client.messages), []);
});
