// The programs under test: each starts with free ports and a home of its own, and is ended by its id whatever happens.

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { childrenOf, nameOf } from './system.mjs';
import { eventually, within } from './waiting.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const PROGRAMS = { 'odin-gateway': [], 'odin-console': ['--no-gui'] };

export const BIN = process.env.ODIN_BIN ?? path.join(ROOT, 'build/release/bin');
const READY_MS = 15_000;
const EXIT_MS = 10_000;

const running = new Set();
const folders = [];
process.on('exit', () => {
  running.forEach((child) => child.kill('SIGKILL'));
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
});

/** A folder that goes when the tests of this file have ended. */
export function temporaryFolder() {
  folders.push(mkdtempSync(path.join(tmpdir(), 'odin-it-')));
  return folders.at(-1);
}

// ODIN_... variables are settings of the programs, NODE_... would make a child report to this test's runner.
function cleanEnvironment(home, extra) {
  const kept = Object.entries(process.env).filter(([key]) => !/^(ODIN_|NODE_|XDG_|DISPLAY|WAYLAND|QT_)/.test(key));
  return { ...Object.fromEntries(kept), HOME: home, ...extra };
}

/** A process with its output collected; ended by SIGKILL at the test's end if it still runs. */
export class Running {
  stdout = '';
  stderr = '';

  constructor(t, command, args, { env = {}, home = temporaryFolder() } = {}) {
    this.name = path.basename(command);
    this.child = spawn(command, args, { env: cleanEnvironment(home, env), stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(this.child);
    this.child.stdout.setEncoding('utf8').on('data', (text) => (this.stdout += text));
    this.child.stderr.setEncoding('utf8').on('data', (text) => (this.stderr += text));
    this.ended = new Promise((done, failed) => {
      this.child.once('error', failed);
      this.child.once('close', (code, signal) => done({ code, signal }));
    }).finally(() => running.delete(this.child));
    this.ended.catch(() => {}); // who waits for it is told
    t.after(() => this.kill());
  }

  get pid() {
    return this.child.pid;
  }

  signal(name) {
    this.child.kill(name);
  }

  /** Exit code and signal, within the deadline. */
  exit(ms = EXIT_MS) {
    return within(`the end of ${this.name}`, this.ended, ms);
  }

  async kill() {
    if (this.child.exitCode === null && this.child.signalCode === null) this.signal('SIGKILL');
    await this.exit().catch(() => {});
    if (/Sanitizer: |runtime error: /.test(this.stderr)) throw new Error(`${this.name}: ${this.stderr}`);
  }

  says(pattern, ms = READY_MS) {
    return eventually(`${this.name} says ${pattern}; it said:\n${this.stderr}`, () => pattern.exec(this.stderr), ms);
  }
}

/** One of our programs: its addresses are there after ready(). */
export class Program extends Running {
  constructor(t, name, args, options) {
    super(t, path.join(BIN, name), [...PROGRAMS[name], ...args], options);
  }

  async ready(ms = READY_MS) {
    const line = /^ready page=(\S+) ws=(\S+) admin=(\S+) nats=(\S*)\n/m;
    const isOver = () => this.child.exitCode !== null;
    await eventually('the ready line', () => line.test(this.stdout) || isOver(), ms).catch((error) => {
      throw new Error(`${error.message}\n${this.stderr}`);
    });
    const found = line.exec(this.stdout);
    if (!found) {
      const { code, signal } = await this.exit(); // or why it could not even be started
      throw new Error(`${this.name} ended (${code ?? signal}) instead of being ready:\n${this.stderr}`);
    }
    [, this.page, this.ws, this.admin, this.nats] = found;
    return this;
  }

  brokerPid() {
    return childrenOf(this.pid).find((pid) => nameOf(pid) === 'nats-server');
  }

  get(where) {
    return fetch(new URL(where, this.page), { redirect: 'error', signal: AbortSignal.timeout(EXIT_MS) });
  }

  /** Metrics by name with labels, such as odin_feed_refused_total{reason="bad_price"}. */
  async metrics() {
    const answer = await fetch(new URL('/metrics', this.admin), { signal: AbortSignal.timeout(EXIT_MS) });
    const rows = (await answer.text()).split('\n').filter((row) => row && !row.startsWith('#'));
    return Object.fromEntries(rows.map((row) => [row.slice(0, row.lastIndexOf(' ')), Number(row.slice(row.lastIndexOf(' ') + 1))]));
  }
}

/** What a program needs to run beside others: free ports, a store of its own. */
export const apart = (folder) => ['--listen', '127.0.0.1:0', '--admin', '127.0.0.1:0', '--state-dir', path.join(folder, 'state')];

/** A gateway that is ready; `infoFile` names its bus when the managed one is used. */
export async function startGateway(t, args = [], { program = 'odin-gateway', folder = temporaryFolder(), env } = {}) {
  const infoFile = path.join(folder, 'nats-info');
  const info = args.includes('--nats') ? [] : ['--nats-info', infoFile];
  const gateway = new Program(t, program, [...apart(folder), ...info, ...args], { env, home: folder });
  Object.assign(gateway, { folder, infoFile });
  return gateway.ready();
}

/** A token signed with the own key of this gateway's machine: `args` as those of "odin-gateway token". */
export async function tokenFor(gateway, args) {
  const words = ['token', '--ttl', '1h', '--state-dir', path.join(gateway.folder, 'state'), ...args];
  const { stdout } = await promisify(execFile)(path.join(BIN, 'odin-gateway'), words, { env: cleanEnvironment(gateway.folder), timeout: EXIT_MS });
  return stdout.trim();
}
