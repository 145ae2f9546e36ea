// A bus that speaks TLS, asks for our certificate, or for credentials; and ones that must not be trusted.

import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { createAccount, createOperator, createUser } from '@nats-io/nkeys';
import { connect, credsAuthenticator } from '@nats-io/transport-node';
import { Publisher } from './bus.mjs';
import { Authority } from './certificates.mjs';
import { Client, chainFaults } from './client.mjs';
import { Program, Running, apart, startGateway, temporaryFolder } from './harness.mjs';
import { freePort } from './system.mjs';
import { eventually } from './waiting.mjs';

/** A nats-server with these lines in its configuration. */
async function startServer(t, lines) {
  const port = await freePort();
  const folder = temporaryFolder();
  const file = path.join(folder, 'nats.conf');
  writeFileSync(file, `listen: "127.0.0.1:${port}"\njetstream { store_dir: "${folder}/store" }\n${lines}\n`);
  const server = new Running(t, 'nats-server', ['-c', file]);
  await server.says(/Server is ready/);
  return { server, port };
}

const tlsBlock = ({ certificate, key }, more = '') => `tls { cert_file: "${certificate}", key_file: "${key}" ${more} }`;
const passwords = 'authorization { user: user, password: secret }';

async function publisherOn(t, port, options) {
  const connection = await connect({ servers: `127.0.0.1:${port}`, ...options });
  t.after(() => connection.close());
  return new Publisher(connection);
}

/** Prices go from this bus through this gateway. */
async function carries(t, gateway, publisher) {
  const client = await new Client(t, `${gateway.ws}?tokens=*`).open();
  await client.status('connected');
  for (let n = 1; n <= 50; n += 1) await publisher.publish('TLS', n);
  await eventually('the last update', () => client.updates.at(-1)?.price === 50);
  assert.deepEqual(chainFaults(client.messages), []);
  return client;
}

const detailOf = async (gateway) => (await (await gateway.get('/readyz')).json()).detail;

test('over TLS: by name, by address, and with a simulator of its own', { timeout: 120_000 }, async (t) => {
  const authority = new Authority();
  const { port } = await startServer(t, `${tlsBlock(authority.sign())}\n${passwords}`);
  const ca = ['--nats-ca', authority.files.certificate];
  const publisher = await publisherOn(t, port, { user: 'user', pass: 'secret', tls: { ca: authority.certificate.toString() } });
  for (const host of ['localhost', '127.0.0.1']) {
    const gateway = await startGateway(t, ['--nats', `tls://user:secret@${host}:${port}`, ...ca]);
    assert.equal(gateway.nats, `tls://${host}:${port}`);
    await carries(t, gateway, publisher);
    assert.ok(!gateway.stderr.includes('secret@'));
  }
  const simulating = await startGateway(t, ['--nats', `tls://user:secret@localhost:${port}`, ...ca, '--simulate', '--interval', '50']);
  const client = await new Client(t, `${simulating.ws}?tokens=*`).open();
  await eventually('simulated updates', () => client.updates.length > 20);
  assert.equal((await client.ask({ type: 'history', id: 5, tokenId: 'BTC', limit: 10 })).type, 'history');
});

test('much traffic both ways does not break the connection', { timeout: 120_000 }, async (t) => {
  const authority = new Authority();
  const { port } = await startServer(t, `${tlsBlock(authority.sign())}\n${passwords}`);
  const gateway = await startGateway(t, ['--nats', `tls://user:secret@localhost:${port}`, '--nats-ca', authority.files.certificate,
    '--simulate', '--interval', '10', '--tokens', Array.from({ length: 200 }, (_, n) => `T${n}`).join(',')]);
  const client = await new Client(t, `${gateway.ws}?tokens=*`).open();
  await eventually('20,000 updates', () => client.updates.length > 20_000, 60_000);
  assert.deepEqual(chainFaults(client.messages), []);
  const metrics = await gateway.metrics();
  assert.deepEqual([metrics.odin_feed_reconnects_total, metrics.odin_feed_rebuilds_total], [0, 0]);
});

test('a bus that asks for our certificate', { timeout: 90_000 }, async (t) => {
  const authority = new Authority();
  const { port } = await startServer(t, tlsBlock(authority.sign(), `, verify: true, ca_file: "${authority.files.certificate}"`));
  const ours = authority.sign({ name: 'gateway', kind: 'rsa' });
  const trust = ['--nats', `tls://localhost:${port}`, '--nats-ca', authority.files.certificate];
  const gateway = await startGateway(t, [...trust, '--nats-cert', ours.certificate, '--nats-key', ours.key]);
  await eventually('/readyz', async () => (await gateway.get('/readyz')).status === 200);

  const stranger = await startGateway(t, trust);
  assert.notEqual((await stranger.get('/readyz')).status, 200);
  assert.match(await detailOf(stranger), /tls:\/\/localhost/);
});

test('whom it must not trust, it does not, and says why', { timeout: 120_000 }, async (t) => {
  const authority = new Authority();
  const { port } = await startServer(t, `${tlsBlock(authority.sign({ names: 'DNS:localhost' }))}\n${passwords}`);
  const other = new Authority('Other');
  const rows = [
    [`tls://user:secret@localhost:${port}`, other.files.certificate, /TLS with the bus at tls:\/\/localhost:\d+ failed \(.*certificate.*\)/],
    [`tls://user:secret@127.0.0.1:${port}`, authority.files.certificate, /TLS with the bus at tls:\/\/127\.0\.0\.1:\d+ failed \(.*mismatch.*\)/],
  ];
  for (const [url, ca, sentence] of rows) {
    const gateway = await startGateway(t, ['--nats', url, '--nats-ca', ca]);
    assert.match(await detailOf(gateway), sentence);
    assert.match(gateway.stderr, sentence);
    assert.ok(!gateway.stderr.includes('secret'));
  }
  const untrusted = await startGateway(t, ['--nats', `nats://user:secret@localhost:${port}`]); // the bus wants TLS, nobody signed for it
  assert.match(await detailOf(untrusted), /TLS with the bus at nats:\/\/localhost:\d+ failed/);
});

test('a bus without TLS is not spoken to in the clear', { timeout: 60_000 }, async (t) => {
  const { port } = await startServer(t, passwords);
  const gateway = await startGateway(t, ['--nats', `tls://user:secret@127.0.0.1:${port}`]);
  assert.match(await detailOf(gateway), /do not agree on TLS/);
});

test('a bus that falls silent in the handshake holds nothing up', { timeout: 60_000 }, async (t) => {
  const silent = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('INFO {"server_id":"X","version":"2.9.10","proto":1,"max_payload":1048576,"tls_required":true}\r\n');
  });
  await new Promise((done) => silent.listen(0, '127.0.0.1', done));
  t.after(() => silent.close());
  const gateway = await startGateway(t, ['--nats', `tls://127.0.0.1:${silent.address().port}`]);
  assert.match(await detailOf(gateway), /does not answer in time/);
  gateway.signal('SIGTERM');
  assert.equal((await gateway.exit()).code, 0);
});

const base64 = (bytes) => Buffer.from(bytes).toString('base64url');

/** A JWT as nsc makes it. */
function jwt(signer, subject, name, nats) {
  const claims = { jti: name, iat: Math.floor(Date.now() / 1000), iss: signer.getPublicKey(), sub: subject.getPublicKey(), name, nats: { version: 2, ...nats } };
  const text = `${base64(JSON.stringify({ typ: 'JWT', alg: 'ed25519-nkey' }))}.${base64(JSON.stringify(claims))}`;
  return `${text}.${base64(signer.sign(Buffer.from(text)))}`;
}

test('credentials in a file', { timeout: 90_000 }, async (t) => {
  const [operator, account, system, user, foreign] = [createOperator(), createAccount(), createAccount(), createUser(), createAccount()];
  const all = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1, mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };
  const accountJwt = (key, name, limits) => jwt(operator, key, name, { type: 'account', limits, default_permissions: { pub: {}, sub: {} } });
  const { mem_storage, disk_storage, streams, consumer, ...plain } = all;
  const { port } = await startServer(t, `operator: ${jwt(operator, operator, 'op', { type: 'operator' })}\nsystem_account: ${system.getPublicKey()}
resolver: MEMORY\nresolver_preload: { ${account.getPublicKey()}: ${accountJwt(account, 'odin', all)}, ${system.getPublicKey()}: ${accountJwt(system, 'sys', plain)} }`);
  const folder = temporaryFolder();
  const credentials = (signer, name) => {
    const file = path.join(folder, name);
    const token = jwt(signer, user, 'gateway', { type: 'user', pub: {}, sub: {}, subs: -1, data: -1, payload: -1 });
    writeFileSync(file, `-----BEGIN NATS USER JWT-----\n${token}\n------END NATS USER JWT------\n\n`
      + `-----BEGIN USER NKEY SEED-----\n${Buffer.from(user.getSeed())}\n------END USER NKEY SEED------\n`, { mode: 0o600 });
    return file;
  };
  const good = credentials(account, 'good.creds');
  const publisher = await publisherOn(t, port, { authenticator: credsAuthenticator(new Uint8Array(readFileSync(good))) });
  const gateway = await startGateway(t, ['--nats', `nats://127.0.0.1:${port}`, '--nats-creds', good]);
  await carries(t, gateway, publisher);

  const refused = await startGateway(t, ['--nats', `nats://127.0.0.1:${port}`, '--nats-creds', credentials(foreign, 'foreign.creds')]);
  assert.match(await detailOf(refused), /refuses the credentials.*--nats-creds/);

  chmodSync(good, 0o644);
  const nothing = path.join(folder, 'nothing.creds');
  writeFileSync(nothing, 'hello', { mode: 0o600 });
  for (const [file, sentence] of [[good, /others can read/], [nothing, /is not a credentials file/], ['/nowhere/x.creds', /\/nowhere\/x\.creds cannot be read/]]) {
    const run = new Program(t, 'odin-gateway', [...apart(temporaryFolder()), '--nats', `nats://127.0.0.1:${port}`, '--nats-creds', file]);
    assert.equal((await run.exit()).code, 78);
    assert.match(run.stderr, sentence);
  }
});
