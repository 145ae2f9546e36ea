// node tlscost.mjs [--clients N] [--rounds N]: what TLS costs the gateway: a connect, a delivered frame, and memory, against
// the same plainly, in turn and in one run. The gateway's own CPU time; what the clients use does not count.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';

const option = (name, fallback) => (process.argv.includes(`--${name}`) ? Number(process.argv[process.argv.indexOf(`--${name}`) + 1]) : fallback);
const CLIENTS = option('clients', 400);
const ROUNDS = option('rounds', 3);
const SECONDS = option('seconds', 8);
const PER_SECOND = 100; // updates, to each client
const AT_ONCE = 8; // connects under way

const BIN = process.env.BENCH_BIN ?? fileURLToPath(new URL('../../build/release/bin', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'odin-tlscost-'));
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const KINDS = { EC: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], RSA: ['rsa:2048'] };

function certificate(kind) {
  const files = [path.join(folder, `${kind}.pem`), path.join(folder, `${kind}.key`)];
  const args = ['req', '-x509', '-nodes', '-days', '30', '-newkey', ...KINDS[kind], '-subj', '/CN=localhost', '-out', files[0], '-keyout', files[1]];
  execFileSync('openssl', args, { stdio: 'pipe' });
  return ['--tls-cert', files[0], '--tls-key', files[1]];
}

async function start(flags) {
  const tokens = Array.from({ length: 10 }, (_, n) => `T${n}`).join(',');
  const child = spawn(path.join(BIN, 'odin-gateway'), ['--listen', '127.0.0.1:0', '--admin', '127.0.0.1:0', '--shards', '1',
    '--state-dir', mkdtempSync(path.join(folder, 'state-')), '--tokens', tokens, '--interval', String((10 * 1000) / PER_SECOND), '--log-level', 'error', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  return { child, ws: new URL(/ws=(\S+)/.exec(line)[1]), admin: /admin=(\S+)/.exec(line)[1] };
}

const ticks = Number(execFileSync('getconf', ['CLK_TCK']));

/** CPU seconds and resident bytes of the process so far. */
function usage({ child }) {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  return { cpu: (Number(fields[11]) + Number(fields[12])) / ticks, resident: Number(fields[21]) * 4096 };
}

async function deliveries({ admin }) {
  const text = await (await fetch(new URL('/metrics', admin))).text();
  return Number(/^odin_deliveries_total (\S+)/m.exec(text)[1]);
}

async function connect({ ws }) {
  const socket = ws.protocol === 'wss:' ? tls.connect({ host: ws.hostname, port: Number(ws.port), rejectUnauthorized: false }) : net.connect(Number(ws.port), ws.hostname);
  const closed = once(socket, 'close').then(() => Promise.reject(new Error('the gateway ended a connection')));
  closed.catch(() => {});
  await Promise.race([once(socket, ws.protocol === 'wss:' ? 'secureConnect' : 'connect'), closed]);
  socket.write(`GET /ws HTTP/1.1\r\nHost: ${ws.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`);
  await Promise.race([once(socket, 'data'), closed]);
  return socket.on('data', () => {}).on('error', () => {});
}

function subscribe(socket) {
  const text = Buffer.from('{"type":"subscribe","tokens":["*"]}');
  socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]));
}

async function measure(flags) {
  const gateway = await start(flags);
  await sleep(1500);
  const idle = usage(gateway);
  await sleep(2000);
  const before = usage(gateway);
  const idlePerSecond = (before.cpu - idle.cpu) / 2;

  const sockets = [];
  const began = performance.now();
  while (sockets.length < CLIENTS) sockets.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => connect(gateway)))));
  const took = (performance.now() - began) / 1000;
  const connected = usage(gateway);

  sockets.forEach(subscribe);
  await sleep(1500);
  const [from, countFrom, at] = [usage(gateway), await deliveries(gateway), performance.now()];
  await sleep(SECONDS * 1000);
  const [to, countTo, end] = [usage(gateway), await deliveries(gateway), performance.now()];
  sockets.forEach((socket) => socket.destroy());
  gateway.child.kill('SIGTERM');
  await once(gateway.child, 'exit');
  return {
    connectUs: ((connected.cpu - before.cpu - idlePerSecond * took) / sockets.length) * 1e6,
    connectsPerSecond: sockets.length / took,
    frameUs: ((to.cpu - from.cpu - (idlePerSecond * (end - at)) / 1000) / (countTo - countFrom)) * 1e6,
    framesPerSecond: ((countTo - countFrom) / (end - at)) * 1000,
    kibPerClient: (connected.resident - before.resident) / sockets.length / 1024,
  };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const ways = { plain: [], 'TLS, EC P-256': certificate('EC'), 'TLS, RSA 2048': certificate('RSA') };
const results = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, flags] of Object.entries(ways)) {
      results[name].push(await measure(flags));
      console.error(name, JSON.stringify(results[name].at(-1)));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const of = (name, field) => median(results[name].map((result) => result[field]));
console.log(`${CLIENTS} clients, ${PER_SECOND} updates/s each, median of ${ROUNDS}; one shard; CPU time of odin-gateway\n`);
console.log('| | a connect | against plain | connects/s (both sides) | a delivered frame | against plain | frames/s | a client |\n|---|---|---|---|---|---|---|---|');
for (const name of Object.keys(ways)) {
  const ratio = (field) => `${(of(name, field) / of('plain', field)).toFixed(1)} x`;
  console.log(`| ${name} | ${of(name, 'connectUs').toFixed(0)} us | ${ratio('connectUs')} | ${of(name, 'connectsPerSecond').toFixed(0)} | ${of(name, 'frameUs').toFixed(1)} us | ${ratio('frameUs')} | ${of(name, 'framesPerSecond').toFixed(0)} | ${of(name, 'kibPerClient').toFixed(1)} KiB |`);
}
