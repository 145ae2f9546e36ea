// A client in Python, with Debian's python3-websockets.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from './client.mjs';
import { Running, startGateway } from './harness.mjs';

const PYTHON = process.env.ODIN_PYTHON ?? '/usr/bin/python3';

test('the Python client is served', { timeout: 120_000 }, async (t) => {
  const gateway = await startGateway(t, ['--interval', '50']);
  const probe = new Client(t, `${gateway.ws}?tokens=*`);
  await probe.heard('all tokens', () => new Set(probe.updates.map(({ tokenId }) => tokenId)).size === 10);
  const script = new URL('pyclient.py', import.meta.url).pathname;
  const client = new Running(t, PYTHON, [script, gateway.ws], { env: { PYTHONDONTWRITEBYTECODE: '1' } });
  const { code } = await client.exit(70_000);
  t.diagnostic(client.stdout.trim().replaceAll('\n', ', '));
  assert.equal(code, 0, client.stderr);
});
