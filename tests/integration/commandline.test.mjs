// The command line: what it prints, the exit codes, and the sentence that says what to do.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { Client } from './client.mjs';
import { BIN, PROGRAMS, Program, apart, startGateway, temporaryFolder } from './harness.mjs';

/** Runs a program that should end by itself. */
async function outcome(t, program, args, options) {
  const run = new Program(t, program, args, options);
  const { code } = await run.exit();
  return { code, out: run.stdout, said: run.stderr };
}

function fileWith(text) {
  const file = path.join(temporaryFolder(), 'odin.toml');
  writeFileSync(file, text);
  return file;
}

for (const program of Object.keys(PROGRAMS)) {
  test(`${program}: what ends before it begins`, { timeout: 60_000 }, async (t) => {
    const run = (args, options) => outcome(t, program, args, options);

    const version = await run(['--version']);
    assert.deepEqual([version.code, version.said], [0, '']);
    assert.match(version.out, new RegExp(`^${program} \\d+\\.\\d+\\.\\d+\\n$`));

    const help = await run(['--help']);
    assert.equal(help.code, 0);
    for (const option of ['--listen', '--admin', '--nats', '--state-dir', '--nats-info', '--config', 'Exit codes']) {
      assert.ok(help.out.includes(option), option);
    }

    const wrong = [
      [['--nonsense'], /--nonsense.*--help/],
      [['stray'], /stray.*--help/],
      [['--listen'], /--listen needs a value/],
      [['--listen', 'nowhere'], /--listen.*nowhere.*127\.0\.0\.1:8080/],
      [['--shards', '0x2'], /--shards.*number/],
      [['--shards', '99'], /--shards.*number/],
      [['--tokens', 'A,b c'], /--tokens/],
      [['--interval', '5'], /--interval.*10/],
      [['--nats', 'http://x'], /--nats.*nats:\/\//],
      [['--log-level', 'loud'], /--log-level/],
      [['--no-listen'], /--no-listen/],
    ];
    for (const [args, sentence] of wrong) {
      const { code, out, said } = await run(args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(said, sentence);
    }
  });
}

test('a bad file is named with line and column: exit code 78', { timeout: 60_000 }, async (t) => {
  const files = [
    ['shards = 2\nlisten = \n', /odin\.toml, line 2/],
    ['# nothing\nshards = 99\n', /odin\.toml, line 2.*99.*number/],
    ['\n\nnonsense = 1\n', /odin\.toml, line 3.*nonsense/],
    ['tokens = [1, 2]\n', /odin\.toml, line 1.*tokens/],
  ];
  for (const [text, sentence] of files) {
    const { code, said } = await outcome(t, 'odin-gateway', ['--config', fileWith(text)]);
    assert.equal(code, 78, text);
    assert.match(said, sentence);
  }
  const missing = await outcome(t, 'odin-gateway', ['--config', '/nowhere/odin.toml']);
  assert.equal(missing.code, 78);
  assert.match(missing.said, /\/nowhere\/odin\.toml/);
  const variable = await outcome(t, 'odin-gateway', [], { env: { ODIN_SHARDS: 'many' } });
  assert.deepEqual([variable.code, /ODIN_SHARDS/.test(variable.said)], [78, true]);
});

test('--print-config: flags beat variables beat file beat defaults', { timeout: 60_000 }, async (t) => {
  const file = fileWith('seed = 1\nshards = 1\nlog-level = "debug"\n');
  const { code, out } = await outcome(t, 'odin-gateway', ['--config', file, '--seed', '3', '--print-config'],
    { env: { ODIN_SEED: '2', ODIN_SHARDS: '2' } });
  assert.equal(code, 0);
  assert.match(out, /^seed = "3" .*--seed$/m);
  assert.match(out, /^shards = "2" .*ODIN_SHARDS$/m);
  assert.match(out, /^log-level = "debug" .*line 3/m);
  assert.match(out, /^interval = .*default$/m);
});

test('a port that is in use: exit code 77 and a sentence', { timeout: 60_000 }, async (t) => {
  const taken = await new Promise((done) => { const server = createServer().listen(0, '127.0.0.1', () => done(server)); });
  t.after(() => taken.close());
  const where = `127.0.0.1:${taken.address().port}`;
  for (const option of ['--listen', '--admin']) {
    const { code, out, said } = await outcome(t, 'odin-gateway', [...apart(temporaryFolder()), option, where]);
    assert.deepEqual([code, out], [77, '']);
    assert.match(said, new RegExp(`${where} is in use by another program: stop it or choose another port`));
  }
});

test('no nats-server: exit code 69, naming the package', { timeout: 60_000 }, async (t) => {
  const { code, out, said } = await outcome(t, 'odin-gateway', apart(temporaryFolder()), { env: { PATH: temporaryFolder() } });
  assert.deepEqual([code, out], [69, '']);
  assert.match(said, /install the package nats-server/);
});

test('--nats-info is for the owner only, and holds credentials', { timeout: 60_000 }, async (t) => {
  const gateway = await startGateway(t);
  assert.equal(statSync(gateway.infoFile).mode & 0o777, 0o600);
});

test('odin-gateway needs nothing of a desktop', () => {
  const libraries = execFileSync('ldd', [path.join(BIN, 'odin-gateway')], { encoding: 'utf8' });
  assert.match(libraries, /Qt6Core/);
  assert.doesNotMatch(libraries, /Qt6(Gui|Widgets|Charts)|libX11|libxcb|libGL/);
});

test('two programs side by side on one state folder', { timeout: 60_000 }, async (t) => {
  const first = await startGateway(t);
  const second = await startGateway(t, [], { folder: first.folder });
  assert.notEqual(first.nats, second.nats);
  for (const gateway of [first, second]) {
    await new Client(t, `${gateway.ws}?tokens=*`).first('price:update');
    assert.equal((await gateway.get('/readyz')).status, 200);
  }
});
