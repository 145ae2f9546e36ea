// Secrets come from files, and are never shown: not by ps, the log, metrics, health, errors or --print-config.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Server } from './bus.mjs';
import { Client } from './client.mjs';
import { PROGRAMS, Program, apart, startGateway, temporaryFolder } from './harness.mjs';
import { eventually } from './waiting.mjs';

const SECRET = 'hunter2-5d41402abc4b';

async function busWithSecret(t) {
  const server = await Server.make(t);
  writeFileSync(server.configFile, readFileSync(server.configFile, 'utf8').replace('password: secret', `password: "${SECRET}"`));
  await server.start();
  return { server, url: `nats://user:${SECRET}@127.0.0.1:${server.port}` };
}

function fileWith(text, name = 'nats') {
  const file = path.join(temporaryFolder(), name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** Everything a gateway says to anybody. */
async function allOf(t, gateway) {
  const client = await new Client(t, `${gateway.ws}?tokens=*`).open();
  await client.first('welcome');
  client.send({ type: 'subscribe', tokens: '?' });
  await client.first('error');
  const pages = [['/healthz', gateway.page], ['/readyz', gateway.page], ['/config.json', gateway.page], ['/metrics', gateway.admin], ['/api/v1/status', gateway.admin]];
  const texts = await Promise.all(pages.map(async ([where, base]) => (await fetch(new URL(where, base))).text()));
  return [...texts, JSON.stringify(client.messages), gateway.stdout, gateway.stderr].join('\n');
}

for (const program of Object.keys(PROGRAMS)) {
  test(`${program}: a password on the command line works, is warned of, and shows nowhere`, { timeout: 90_000 }, async (t) => {
    const { server, url } = await busWithSecret(t);
    const gateway = await startGateway(t, ['--nats', url, '--log-level', 'debug'], { program });
    await eventually('/readyz', async () => (await gateway.get('/readyz')).status === 200);
    assert.match(gateway.stderr, /a password on the command line.*ODIN_NATS_FILE/);
    const commandLine = readFileSync(`/proc/${gateway.pid}/cmdline`, 'latin1');
    assert.ok(commandLine.includes(`@127.0.0.1:${server.port}`), commandLine);
    assert.ok(!commandLine.includes(SECRET) && !commandLine.includes('user'), commandLine);
    assert.ok(!(await allOf(t, gateway)).includes(SECRET));
    await server.stop();
    await eventually('not ready', async () => (await gateway.get('/readyz')).status === 503, 20_000);
    assert.ok(!(await allOf(t, gateway)).includes(SECRET), 'nor when it is gone');
    gateway.signal('SIGTERM');
    await gateway.exit();
    assert.ok(!`${gateway.stdout}${gateway.stderr}`.includes(SECRET));
  });
}

test('refused credentials are told without them', { timeout: 60_000 }, async (t) => {
  const { server } = await busWithSecret(t);
  const gateway = await startGateway(t, ['--nats', `nats://user:wrong-${SECRET}@127.0.0.1:${server.port}`, '--log-level', 'debug']);
  const all = await allOf(t, gateway);
  assert.match(all, /refuses the credentials/);
  assert.ok(!all.includes(SECRET));
});

test('from a file named by a variable, or from the credentials of systemd', { timeout: 90_000 }, async (t) => {
  const { url } = await busWithSecret(t);
  const folder = path.dirname(fileWith(`${url}\n`, 'odin-nats'));
  for (const env of [{ ODIN_NATS_FILE: fileWith(`  ${url}\n\n`) }, { CREDENTIALS_DIRECTORY: folder }]) {
    const gateway = await new Program(t, 'odin-gateway', [...apart(temporaryFolder()), '--log-level', 'debug'], { env }).ready();
    await eventually('/readyz', async () => (await gateway.get('/readyz')).status === 200);
    assert.ok(!/command line/.test(gateway.stderr));
    assert.ok(!(await allOf(t, gateway)).includes(SECRET));
  }
});

test('what is wrong about such a file is said, without what stands in it: exit code 78', { timeout: 60_000 }, async (t) => {
  const stray = temporaryFolder();
  writeFileSync(path.join(stray, 'odin-nonsense'), SECRET);
  mkdirSync(path.join(stray, 'folder'));
  const rows = [
    [{ ODIN_NATS_FILE: '/nowhere/nats' }, /ODIN_NATS_FILE: \/nowhere\/nats cannot be read/],
    [{ ODIN_NATS_FILE: path.join(stray, 'folder') }, /ODIN_NATS_FILE.*folder/],
    [{ ODIN_NATS_FILE: fileWith('x'.repeat(70_000)) }, /ODIN_NATS_FILE.*too large/],
    [{ ODIN_NATS_FILE: fileWith(`user:${SECRET}@host`) }, /ODIN_NATS_FILE: "user:\*\*\*@host"/],
    [{ ODIN_NATS_FILE: fileWith('managed'), ODIN_NATS: 'managed' }, /ODIN_NATS.*ODIN_NATS_FILE/],
    [{ ODIN_NONSENSE_FILE: '/x' }, /unknown variable ODIN_NONSENSE_FILE/],
    [{ CREDENTIALS_DIRECTORY: stray }, /unknown credential .*odin-nonsense/],
  ];
  for (const [env, sentence] of rows) {
    const run = new Program(t, 'odin-gateway', apart(temporaryFolder()), { env });
    assert.equal((await run.exit()).code, 78, JSON.stringify(env));
    assert.match(run.stderr, sentence);
    assert.ok(!run.stderr.includes(SECRET));
  }
});

test('--print-config, and errors about arguments, show no password', { timeout: 60_000 }, async (t) => {
  const rows = [
    [['--print-config', '--nats', `nats://user:${SECRET}@a:4222,tls://${SECRET}@b`], 0, /nats = "nats:\/\/user:\*\*\*@a:4222,tls:\/\/\*\*\*@b"/],
    [['--nats', `http://user:${SECRET}@a`], 2, /"http:\/\/user:\*\*\*@a"/],
    [[`nats://user:${SECRET}@a`], 2, /unexpected argument/],
  ];
  for (const [args, code, shown] of rows) {
    const run = new Program(t, 'odin-gateway', args);
    assert.equal((await run.exit()).code, code);
    assert.match(`${run.stdout}${run.stderr}`, shown);
    assert.ok(!`${run.stdout}${run.stderr}`.includes(SECRET));
  }
  const file = fileWith('[a', 'odin.toml');
  const named = new Program(t, 'odin-gateway', ['--print-config'], { env: { ODIN_TLS_KEY_FILE: '/run/key', ODIN_TLS_CERT: '/run/cert' } });
  assert.equal((await named.exit()).code, 0);
  assert.match(named.stdout, /tls-key = "\/run\/key" {2}# ODIN_TLS_KEY_FILE/, 'of a setting that names a file, the file is the value');
  assert.equal((await new Program(t, 'odin-gateway', ['--config', file]).exit()).code, 78);
});
