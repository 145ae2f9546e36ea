// The bus seen from outside: a publisher made with npm's @nats-io packages, and nats-servers of the tests' own.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Running, temporaryFolder } from './harness.mjs';
import { freePort } from './system.mjs';
import { sleep } from './waiting.mjs';

const ACK_MS = 60_000;
const BIG_BYTES = 3_850; // with the rest of an update just under the limit of 4 KiB

/** A connection that comes back by itself; `url` with its credentials. */
export async function connectTo(t, url) {
  const { host, username, password } = new URL(url);
  const connection = await connect({ servers: host, user: username, pass: password, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  t.after(() => connection.close());
  return connection;
}

/** Connects with the address and credentials that --nats-info wrote. */
export const connectBus = (t, infoFile) => connectTo(t, readFileSync(infoFile, 'utf8').trim());

export const priceUpdate = (tokenId, price, nonce, more = {}) => ({
  type: 'price:update', tokenId, price, volume24h: 1000.5, priceChange24h: -0.25, timestamp: Date.now(), source: 'trade', nonce, ...more,
});

/** Publishes prices and remembers what the bus acknowledged. */
export class Publisher {
  published = 0;
  acked = []; // { seq, nonce }
  tokens = new Map(); // nonce -> token

  constructor(connection, name = 'it') {
    this.stream = jetstream(connection);
    this.name = name;
  }

  /** Tries until it is acknowledged; the message id keeps a second try from becoming a second update. */
  async publish(token, price) {
    const nonce = `${this.name}-${this.published++}`;
    const text = JSON.stringify(priceUpdate(token, price, nonce));
    this.tokens.set(nonce, token);
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

  /** What was acknowledged of these tokens. */
  ackedOf(...tokens) {
    return this.acked.filter(({ nonce }) => tokens.includes(this.tokens.get(nonce)));
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
  constructor(t, port, { jetStream = true } = {}) {
    this.t = t;
    this.port = port;
    this.folder = temporaryFolder();
    this.url = `nats://user:secret@127.0.0.1:${port}`;
    this.configure(jetStream);
  }

  /** From the next start on. `jetStream`: false for none, or more lines for its block, such as "max_file_store: 1MB". */
  configure(jetStream) {
    const more = jetStream === true ? '' : `, ${jetStream}`;
    const block = jetStream ? `jetstream { store_dir: "${this.store}"${more} }\n` : '';
    writeFileSync(this.configFile, `listen: "127.0.0.1:${this.port}"\n${block}authorization { user: user, password: secret }\n`);
  }

  static async make(t, options) {
    return new Server(t, await freePort(), options);
  }

  get store() {
    return path.join(this.folder, 'store');
  }

  get configFile() {
    return path.join(this.folder, 'nats.conf');
  }

  async start() {
    this.running = new Running(this.t, 'nats-server', ['-c', this.configFile]);
    await this.running.says(/Server is ready/);
  }

  /** kill -9. */
  stop() {
    return this.running.kill();
  }

  connect() {
    return connectTo(this.t, this.url);
  }
}

/** Makes the stream as an operator would, with `more` settings; gives what manages streams. */
export async function makeStream(connection, more) {
  const { streams } = await jetstreamManager(connection);
  await streams.add({ name: 'ODIN', subjects: ['odin.tokens.>', 'odin.market.>'], duplicate_window: 120e9, ...more });
  return streams;
}

/** So many bytes at least, in batches of a token that nobody wants; `between` after each. Gives how many updates that were. */
export async function publishBig(publisher, bytes, between = () => undefined) {
  const updates = Array.from({ length: 60 }, (_, n) => priceUpdate('BIG', n, `big-${n}`, { padding: 'x'.repeat(BIG_BYTES) }));
  const text = JSON.stringify({ type: 'price:batch', updates, timestamp: Date.now() });
  const batches = Math.ceil(bytes / text.length);
  for (let n = 0; n < batches; n += 1) {
    await publisher.stream.publish('odin.tokens.batch.update', text, { timeout: 20_000 });
    await between();
  }
  return batches * updates.length;
}
