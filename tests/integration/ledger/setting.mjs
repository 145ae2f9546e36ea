// The setting of a run: a broker, two gateways with a fault proxy before and behind each, a publisher behind one, clients.

import path from 'node:path';
import { Server } from '../bus.mjs';
import { Program, temporaryFolder } from '../harness.mjs';
import { freePort } from '../system.mjs';
import { FaultProxy } from './proxy.mjs';
import { Random } from './random.mjs';
import { Reader } from './reader.mjs';
import { GATEWAYS } from './schedule.mjs';
import { TOKENS, Writer } from './writer.mjs';

const CREDENTIALS = { user: 'user', pass: 'secret' };

/** One gateway on ports that stay, however often it is killed. */
class Gateway {
  crashes = []; // ends that nobody asked for

  async open(t, bus, seed) {
    this.t = t;
    this.folder = temporaryFolder();
    this.bus = await new FaultProxy(t, bus, seed).ready();
    this.port = await freePort();
    this.door = await new FaultProxy(t, this.port, seed + 1).ready();
    await this.start();
    return this;
  }

  start() {
    const nats = `nats://${CREDENTIALS.user}:${CREDENTIALS.pass}@127.0.0.1:${this.bus.port}`;
    const ports = ['--listen', `127.0.0.1:${this.port}`, '--admin', '127.0.0.1:0'];
    const program = new Program(this.t, 'odin-gateway', [...ports, '--state-dir', path.join(this.folder, 'state'), '--nats', nats, '--shards', '1']);
    this.program = program;
    this.t.after(() => (program.isEnded = true));
    program.ended.then(({ code, signal }) => program.isEnded || this.crashes.push(`a gateway ended by itself (${code ?? signal}): ${program.stderr.slice(-2_000)}`));
    return program.ready();
  }

  kill() {
    this.program.isEnded = true;
    return this.program.kill();
  }

  async calm() {
    for (const proxy of [this.bus, this.door]) {
      await proxy.tell({ refuse: false });
      await proxy.tell({ faults: {} });
    }
  }
}

export class Setting {
  async open(t, seed, clients) {
    this.broker = await Server.make(t);
    await this.broker.start();
    this.gateways = [];
    for (const n of GATEWAYS) this.gateways.push(await new Gateway().open(t, this.broker.port, seed + 10 * n));
    this.writerProxy = await new FaultProxy(t, this.broker.port, seed + 100).ready();
    this.writer = new Writer(new Random(seed + 1));
    await this.writer.open(t, { port: this.writerProxy.port, ...CREDENTIALS });
    this.readers = Array.from({ length: clients }, (_, n) => this.reader(n, seed));
    t.after(() => this.readers.forEach((reader) => reader.stop()));
    return this;
  }

  get direct() {
    return { port: this.broker.port, ...CREDENTIALS };
  }

  /** Every third in mode stream, every fourth with some tokens only. */
  reader(n, seed) {
    const random = new Random(seed * 1_000 + n);
    const tokens = n % 4 === 3 ? random.some(TOKENS, 4) : undefined;
    const doors = () => this.gateways.map(({ door }) => `ws://127.0.0.1:${door.port}`);
    return new Reader({ name: `client ${n}`, doors, random, mode: n % 3 === 1 ? 'stream' : 'auto', tokens });
  }
}
