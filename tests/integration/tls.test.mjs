// Both ports over TLS: what is negotiated and what is not, who is turned away, and a new certificate without a pause.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync } from 'node:fs';
import https from 'node:https';
import { connect as connectTcp } from 'node:net';
import { test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { connectBus, publishBig, Publisher } from './bus.mjs';
import { Authority } from './certificates.mjs';
import { Client, chainFaults } from './client.mjs';
import { PROGRAMS, Program, apart, startGateway, temporaryFolder } from './harness.mjs';
import { RawSocket } from './rawsocket.mjs';
import { eventually, within } from './waiting.mjs';

const flagsFor = ({ certificate, key }, prefix = '') => [`--${prefix}tls-cert`, certificate, `--${prefix}tls-key`, key];

/** GET over TLS: status, body, and the name in the certificate. */
function get(url, ca) {
  return within(url, new Promise((done, failed) => {
    https.get(url, { ca, agent: false }, (answer) => {
      let body = '';
      const { CN: name } = answer.socket.getPeerCertificate().subject;
      answer.setEncoding('utf8').on('data', (text) => (body += text)).on('end', () => done({ status: answer.statusCode, headers: answer.headers, body, name }));
    }).on('error', failed);
  }));
}

async function metric(gateway, ca, name) {
  const { body } = await get(new URL('/metrics', gateway.admin), ca);
  return Number(body.split('\n').find((row) => row.startsWith(`${name} `))?.split(' ').at(-1));
}

const turnedAway = (gateway, ca) => metric(gateway, ca, 'odin_door_turned_away_total{reason="tls"}');

for (const program of Object.keys(PROGRAMS)) {
  test(`${program}: page, WebSocket and admin port over TLS`, { timeout: 90_000 }, async (t) => {
    const authority = new Authority();
    const ca = authority.certificate;
    const gateway = await startGateway(t, [...flagsFor(authority.sign()), ...flagsFor(authority.sign({ kind: 'rsa' }), 'admin-'), '--interval', '50'], { program });
    assert.match(gateway.page, /^https:\/\//);
    assert.match(gateway.ws, /^wss:\/\/.*\/ws$/);
    assert.match(gateway.admin, /^https:\/\//);
    assert.ok(!/without TLS/.test(gateway.stderr));

    const page = await get(gateway.page, ca);
    assert.deepEqual([page.status, page.body.startsWith('<!doctype html>')], [200, true]);
    assert.equal((await get(new URL('/livez', gateway.page), ca)).status, 200);
    const { ws } = JSON.parse((await get(new URL('/config.json', gateway.page), ca)).body);
    assert.ok(!/^ws:/.test(ws ?? ''), 'no plain address');
    assert.equal((await get(new URL('/api/v1/status', gateway.admin), ca)).status, 200);

    const client = await new Client(t, `${gateway.ws}?tokens=*`, [], { ca }).open();
    await eventually('updates', () => client.updates.length > 50);
    assert.deepEqual(chainFaults(client.messages), []);
    await assert.rejects(get(gateway.page, new Authority('Other').certificate), /certificate|issuer/);

    gateway.signal('SIGTERM');
    const { code } = await client.end();
    assert.equal(code, 4200);
    assert.equal((await gateway.exit()).code, 0);
  });
}

/** All that `openssl s_client` says. */
function said(url, args) {
  const { hostname, port } = new URL(url);
  return new Promise((done) => {
    const child = execFile('openssl', ['s_client', '-connect', `${hostname}:${port}`, ...args], { timeout: 20_000 }, (_, out) => done(out));
    child.stdin.end();
  });
}

/** Protocol and suite, undefined when nothing was negotiated. */
async function negotiated(url, args) {
  const found = /New, (TLSv1\.\d)[^,]*, Cipher is (\S+)/.exec(await said(url, args));
  return found && found[2] !== '(NONE)' ? `${found[1]} ${found[2]}` : undefined;
}

test('TLS 1.2 with forward secrecy and AEAD, and 1.3, and nothing else', { timeout: 120_000 }, async (t) => {
  const authority = new Authority();
  const gateway = await startGateway(t, ['--shards', '2', ...flagsFor(authority.sign({ kind: 'rsa' }))]);
  const taken = [
    [['-tls1_3'], /^TLSv1\.3 TLS_/],
    [['-tls1_2'], /^TLSv1\.2 ECDHE-RSA-(AES|CHACHA)/],
    [['-tls1_2', '-cipher', 'ECDHE-RSA-CHACHA20-POLY1305'], /CHACHA20/],
    [['-tls1_3', '-groups', 'X25519'], /^TLSv1\.3/],
    [['-tls1_3', '-groups', 'P-384'], /^TLSv1\.3/],
    [['-alpn', 'http/1.1'], /^TLSv1\.3/],
  ];
  for (const [args, expected] of taken) assert.match((await negotiated(gateway.page, args)) ?? 'nothing', expected, args.join(' '));
  const reused = await said(gateway.page, ['-tls1_2', '-reconnect']);
  assert.match(reused, /Reused, TLSv1\.2/, 'a ticket spares the second handshake, on whatever shard');
  const lax = ['-cipher', 'ALL:@SECLEVEL=0'];
  const refused = [
    ['-tls1_1', ...lax], ['-tls1', ...lax],
    ['-tls1_2', '-cipher', 'ECDHE-RSA-AES128-SHA256:ECDHE-RSA-AES256-SHA:@SECLEVEL=0'],
    ['-tls1_2', '-cipher', 'AES128-GCM-SHA256:AES256-SHA:@SECLEVEL=0'],
    ['-tls1_2', '-cipher', 'DHE-RSA-AES128-GCM-SHA256'],
    ['-tls1_2', '-cipher', 'NULL:aNULL:@SECLEVEL=0'],
    ['-tls1_3', '-groups', 'P-521'],
    ['-alpn', 'h2'],
  ];
  for (const args of refused) assert.equal(await negotiated(gateway.page, args), undefined, args.join(' '));
});

test('a new certificate with SIGHUP: nobody is disconnected, and nothing is lost', { timeout: 120_000 }, async (t) => {
  const authority = new Authority();
  const ca = authority.certificate;
  const files = authority.sign({ name: 'first' });
  const gateway = await startGateway(t, [...flagsFor(files), '--interval', '20']);
  const client = await new Client(t, `${gateway.ws}?tokens=*`, [], { ca }).open();
  await client.first('price:update');

  const second = authority.sign({ name: 'second', kind: 'rsa' });
  copyFileSync(second.certificate, files.certificate);
  gateway.signal('SIGHUP'); // half of the files: the key is not the certificate's
  await gateway.says(/is not the key of the certificate.*stays in force/);
  assert.equal((await get(gateway.page, ca)).name, 'first');

  copyFileSync(second.key, files.key);
  gateway.signal('SIGHUP');
  await eventually('the second certificate', async () => (await get(gateway.page, ca)).name === 'second');

  const seen = client.updates.length;
  await eventually('more updates', () => client.updates.length > seen + 100);
  assert.deepEqual(chainFaults(client.messages), []);
  assert.equal(client.socket.readyState, 1);
  const newcomer = await new Client(t, gateway.ws, [], { ca }).open();
  await newcomer.first('welcome');
});

test('who speaks no TLS, or never finishes, is turned away', { timeout: 90_000 }, async (t) => {
  const authority = new Authority();
  const ca = authority.certificate;
  const gateway = await startGateway(t, [...flagsFor(authority.sign()), ...flagsFor(authority.sign(), 'admin-')]);
  const before = await turnedAway(gateway, ca);

  const plain = new RawSocket(t, gateway.page).say('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await plain.end();
  assert.match(plain.received.toString(), /^HTTP\/1\.1 400 [\s\S]*this port speaks TLS only/);

  const half = new RawSocket(t, gateway.page).say(Buffer.from('160301020001000001fc0303', 'hex'));
  const silent = new RawSocket(t, gateway.page);
  const nonsense = new RawSocket(t, gateway.page).say(Buffer.concat([Buffer.from('1603010040', 'hex'), Buffer.alloc(64, 'z')]));
  const { hostname, port } = new URL(gateway.page);
  const idle = connectTls({ host: hostname, port: Number(port), ca, servername: 'localhost' });
  t.after(() => idle.destroy());
  idle.on('error', () => {});
  const idleEnded = new Promise((done) => idle.once('close', done));
  await within('a handshake', new Promise((done) => idle.once('secureConnect', done)));
  for (const socket of [half, silent, nonsense]) await socket.end();
  await within('the end of who asks for nothing', idleEnded, 15_000);
  await eventually('the count', async () => (await turnedAway(gateway, ca)) === before + 4);
  assert.equal((await get(gateway.page, ca)).status, 200);
});

test('a slow reader over TLS is thinned, then cut; the others notice nothing', { timeout: 180_000 }, async (t) => {
  const authority = new Authority();
  const ca = authority.certificate;
  const gateway = await startGateway(t, ['--no-simulate', ...flagsFor(authority.sign()), ...flagsFor(authority.sign(), 'admin-')]);
  const publisher = new Publisher(await connectBus(t, gateway.infoFile));
  const [honest, slow, stream] = await Promise.all([1, 2, 3].map(() => new Client(t, gateway.ws, [], { ca }).open()));
  for (const client of [honest, slow]) await client.ask({ type: 'subscribe', id: 1, tokens: ['*'] });
  await stream.ask({ type: 'subscribe', id: 1, tokens: ['*'], mode: 'stream' });
  slow.socket.pause();
  stream.socket.pause();
  const published = await publishBig(publisher, 12 * 2 ** 20);
  await eventually('thinning', async () => (await metric(gateway, ca, 'odin_clients_thinnings_total')) > 0, 30_000);
  await eventually('the cut of the one that may not be thinned', async () => (await metric(gateway, ca, 'odin_sessions_closed_total')) >= 1, 60_000);
  await publisher.publish('LAST', 1);
  await honest.heard('the last', (message) => message.tokenId === 'LAST', { ms: 60_000 });
  slow.socket.resume();
  await slow.heard('the last, late', (message) => message.tokenId === 'LAST', { ms: 60_000 });
  assert.ok(slow.updates.some(({ conflated }) => conflated > 0), 'it is told of what it missed');
  const accounted = honest.updates.reduce((sum, { conflated = 0 }) => sum + 1 + conflated, 0);
  assert.equal(accounted, published + 1, 'as busy as it is it may be thinned, and is told');
});

test('a certificate or key that is not good is a clear refusal', { timeout: 60_000 }, async (t) => {
  const authority = new Authority();
  const [one, other] = [authority.sign(), authority.sign()];
  const open = authority.sign();
  chmodSync(open.key, 0o644);
  const rows = [
    [{ certificate: '/nowhere/a.pem', key: one.key }, /\/nowhere\/a\.pem cannot be read/],
    [{ certificate: one.certificate, key: other.key }, /is not the key of the certificate/],
    [{ certificate: one.key, key: one.key }, /holds no certificate/],
    [open, /others can read: chmod 600/],
  ];
  for (const prefix of ['', 'admin-']) {
    for (const [files, sentence] of rows) {
      const run = new Program(t, 'odin-gateway', [...apart(temporaryFolder()), ...flagsFor(files, prefix)]);
      assert.equal((await run.exit()).code, 78);
      assert.match(run.stderr, sentence);
    }
  }
  const half = new Program(t, 'odin-gateway', ['--tls-cert', one.certificate]);
  assert.equal((await half.exit()).code, 2);
  assert.match(half.stderr, /--tls-cert and --tls-key/);
});

test('peers that vanish or end their half are let go', { timeout: 60_000 }, async (t) => {
  const authority = new Authority();
  const ca = authority.certificate;
  const gateway = await startGateway(t, [...flagsFor(authority.sign()), ...flagsFor(authority.sign(), 'admin-')]);
  const client = await new Client(t, `${gateway.ws}?tokens=*`, [], { ca }).open();
  await client.first('welcome');
  client.socket.close(1000);
  assert.equal((await client.end()).code, 1000);
  const vanished = await new Client(t, gateway.ws, [], { ca }).open();
  vanished.socket._socket._parent?.destroy();
  vanished.socket.terminate();
  const { hostname, port } = new URL(gateway.page);
  const reset = connectTcp(Number(port), hostname);
  reset.on('error', () => {});
  await within('a connection', new Promise((done) => reset.once('connect', done)));
  reset.resetAndDestroy?.() ?? reset.destroy();
  await eventually('nobody is left', async () => (await metric(gateway, ca, 'odin_connections')) === 0, 20_000);
});
