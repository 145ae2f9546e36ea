// Garbage on the two ports and in the WebSocket: each offender is dealt with, and an honest client does not notice.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Client, chainFaults } from './client.mjs';
import { startGateway } from './harness.mjs';
import { RawSocket, frame, upgradeRequest } from './rawsocket.mjs';
import { eventually } from './waiting.mjs';

const TLS_HELLO = Buffer.from('160301020001000001fc0303' + 'ab'.repeat(64), 'hex');
const KEY = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';

const AT_THE_DOOR = {
  'random bytes': randomBytes(4096),
  'random lines': Buffer.from(Array.from({ length: 50 }, () => randomBytes(20).toString('latin1')).join('\r\n') + '\r\n\r\n', 'latin1'),
  'a TLS hello': TLS_HELLO,
  'an SSH banner': 'SSH-2.0-OpenSSH_9.2\r\n',
  'NULs': Buffer.alloc(2000),
  'nothing': '',
  'half a head': 'GET /ws HTTP/1.1\r\nHost: a\r\nUpgr',
  'a head without end': `GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(5_000)}`,
  'an endless line': `GET /${'a'.repeat(100_000)}`,
  'a negative length': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n',
  'two lengths': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'HTTP/9.9': 'GET / HTTP/9.9\r\nHost: a\r\n\r\n',
  'bare line feeds': 'GET / HTTP/1.1\nHost: a\n\n',
  'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a body that never comes': 'POST /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\nabc',
  'a short key': upgradeRequest('/ws').replace(/Key: .*\r/, 'Key: abc\r'),
  'an old version': `GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${KEY}\r\nSec-WebSocket-Version: 8\r\n\r\n`,
  'bad tokens': upgradeRequest('/ws?tokens=%00,<script>'),
  'another path': upgradeRequest('/elsewhere'),
};

const FRAMES = {
  'reserved bits': { bytes: frame(0xf1, '{}'), code: 1002 },
  'an unknown opcode': { bytes: frame(0x83, 'x'), code: 1002 },
  'a fragmented ping': { bytes: frame(0x09, 'x'), code: 1002 },
  'a long ping': { bytes: frame(0x89, 'x'.repeat(126)), code: 1002 },
  'a continuation of nothing': { bytes: frame(0x80, 'x'), code: 1002 },
  'text that is not UTF-8': { bytes: frame(0x81, [0xc3, 0x28, 0xff]), code: 1007 },
  'a message of 17 KiB': { bytes: frame(0x81, ' '.repeat(17 * 1024)), code: 1009 },
  'a claim of 2^62 bytes': { bytes: frame(0x81, 'x', { claimed: 2 ** 62 }), code: 1009 },
  'a thousand fragments': { bytes: Buffer.concat([frame(0x01, 'x'.repeat(50)), ...Array(1000).fill(frame(0x00, 'x'.repeat(50)))]), code: 1009 },
};

test('garbage leaves the program serving', { timeout: 180_000 }, async (t) => {
  const gateway = await startGateway(t, ['--interval', '20']);
  const honest = await new Client(t, `${gateway.ws}?tokens=*`).open();

  await t.test('at the door of both ports', async (t) => {
    const before = await gateway.metrics();
    const offenders = [gateway.page, gateway.admin].flatMap((port) =>
      Object.entries(AT_THE_DOOR).map(([name, bytes]) => ({ name: `${name} at ${port}`, peer: new RawSocket(t, port).say(bytes) })));
    for (const { name, peer } of offenders) {
      await peer.end(30_000).catch((error) => assert.fail(`${name}: ${error.message}`));
      assert.doesNotMatch(peer.received.toString('latin1'), /^HTTP\/1\.1 [12]/, name);
    }
    assert.ok((await gateway.metrics()).odin_door_refused_total > before.odin_door_refused_total + 10);
  });

  await t.test('in frames', async (t) => {
    for (const [name, { bytes, code }] of Object.entries(FRAMES)) {
      const peer = await new RawSocket(t, gateway.ws).upgrade();
      peer.say(bytes);
      await peer.end().catch((error) => assert.fail(`${name}: ${error.message}`));
      assert.equal(peer.closeCode, code, name);
    }
  });

  await t.test('random frames, and clients that vanish in the middle', async (t) => {
    for (let n = 0; n < 50; n += 1) {
      const peer = await new RawSocket(t, gateway.ws).upgrade('/ws?tokens=*');
      peer.say(randomBytes(1 + n * 20));
      if (n % 2) peer.socket.resetAndDestroy?.();
      else peer.socket.end();
    }
  });

  const { messages } = honest;
  const soFar = messages.length;
  await eventually('the honest client goes on', () => messages.length > soFar + 100);
  assert.deepEqual(chainFaults(messages), []);
  assert.equal(honest.socket.readyState, 1);
  assert.equal((await gateway.get('/livez')).status, 200);
  assert.equal((await gateway.get('/readyz')).status, 200);
  await eventually('all offenders are gone', async () => (await gateway.metrics()).odin_clients === 1, 30_000);
});
