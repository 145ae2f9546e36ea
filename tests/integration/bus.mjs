// The bus seen from outside: a publisher made with npm's @nats-io packages, and nats-servers of the tests' own.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Running, temporaryFolder } from './harness.mjs';
import { freePort } from './system.mjs';
import { sleep } from './waiting.mjs';

const ACK_MS = 60_000;

/** Connects with the address and credentials that --nats-info wrote. */
export async function connectBus(t, infoFile) {
  const { host, username, password } = new URL(readFileSync(infoFile, 'utf8').trim());
  const connection = await connect({ servers: host, user: username, pass: password, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  t.after(() => connection.close());
  return connection;
}

export const priceUpdate = (tokenId, price, nonce, more = {}) => ({
  type: 'price:update', tokenId, price, volume24h: 1000.5, priceChange24h: -0.25, timestamp: Date.now(), source: 'trade', nonce, ...more,
});

/** Publishes prices and remembers what the bus acknowledged. */
export class Publisher {
  published = 0;
  acked = []; // { seq, nonce }

  constructor(connection, name = 'it') {
    this.stream = jetstream(connection);
    this.name = name;
  }

  /** Tries until it is acknowledged; the message id keeps a second try from becoming a second update. */
  async publish(token, price) {
    const nonce = `${this.name}-${this.published++}`;
    const text = JSON.stringify(priceUpdate(token, price, nonce));
    const deadline = Date.now() + ACK_MS;
    for (;;) {
      try {
        const { seq } = await this.stream.publish(`odin.tokens.${token}.price`, text, { msgID: nonce, timeout: 1_000 });
        return this.acked.push({ seq, nonce });
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(50);
      }
    }
  }

  /** One update each `everyMs`, on the tokens in turn, until `isOver()`; ends when all are acknowledged, in the bus's order. */
  async run(tokens, everyMs, isOver) {
    const start = Date.now();
    const all = [];
    for (let n = 0; !isOver(); n += 1) {
      all.push(this.publish(tokens[n % tokens.length], 100 + n));
      const early = start + (n + 1) * everyMs - Date.now();
      if (early > 0) await sleep(early);
    }
    await Promise.all(all);
    this.acked.sort((a, b) => a.seq - b.seq);
  }
}

/** A nats-server of the test's own, with one user and JetStream. */
export class Server {
  constructor(t, port) {
    this.t = t;
    this.port = port;
    this.folder = temporaryFolder();
    this.url = `nats://user:secret@127.0.0.1:${port}`;
    const store = path.join(this.folder, 'store');
    writeFileSync(
      this.configFile,
      `listen: "127.0.0.1:${port}"\njetstream { store_dir: "${store}" }\nauthorization { user: user, password: secret }\n`,
    );
  }

  static async make(t) {
    return new Server(t, await freePort());
  }

  get configFile() {
    return path.join(this.folder, 'nats.conf');
  }

  async start() {
    this.running = new Running(this.t, 'nats-server', ['-c', this.configFile]);
    await this.running.says(/Server is ready/);
  }

  stop() {
    return this.running.kill();
  }
}
