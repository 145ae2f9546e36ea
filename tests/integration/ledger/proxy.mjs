// A fault proxy in front of a port: odin-faultproxy, told what to do line by line.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { BIN } from '../harness.mjs';
import { within } from '../waiting.mjs';

const PROGRAM = path.join(BIN, '../tests/odin-faultproxy');

export class FaultProxy {
  waiting = []; // for answers, in order

  /** `t.after` ends it; it ends by itself with this process too, with its standard input. */
  constructor(t, targetPort, seed = 1) {
    const args = ['--target', `127.0.0.1:${targetPort}`, '--seed', String(seed)];
    this.child = spawn(PROGRAM, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((done) => this.child.once('close', done));
    this.started = new Promise((done, failed) => {
      this.child.once('error', failed);
      createInterface({ input: this.child.stdout }).on('line', (line) => this.hear(line, done));
    });
    this.child.stdin.on('error', () => {}); // it has ended; whoever waits for an answer is told
    t.after(async () => {
      this.child.stdin.end();
      await within('the end of a fault proxy', ended).catch(() => this.child.kill('SIGKILL'));
    });
  }

  hear(line, ready) {
    const port = /^ready port=(\d+)$/.exec(line);
    if (!port) return this.waiting.shift()(JSON.parse(line));
    this.port = Number(port[1]);
    return ready(this);
  }

  ready() {
    return within('a fault proxy', this.started);
  }

  /** Fails when the command is not understood. That a connection is there no more is told by `ok: false` only. */
  async tell(command) {
    const text = JSON.stringify(command);
    const answered = new Promise((done) => this.waiting.push(done));
    this.child.stdin.write(`${text}\n`);
    const answer = await within(`the answer to ${text}`, answered);
    if (!answer.ok && !/no such connection/.test(answer.error)) throw new Error(`${text}: ${answer.error}`);
    return answer;
  }

  /** The connection whose client has that port, if it is there. */
  async connectionOf(clientPort) {
    const { connections } = await this.tell({ connections: true });
    return connections.find((connection) => connection.clientPort === clientPort)?.id;
  }
}
