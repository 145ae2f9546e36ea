// The publisher of the ledger: single updates and batches, each until it is acknowledged, and a list of what was.

import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { priceUpdate } from '../bus.mjs';
import { eventually, sleep } from '../waiting.mjs';

export const TOKENS = Array.from({ length: 12 }, (_, n) => `L${n}`);

const EVERY_MS = 12; // a round of messages
const PER_ROUND = 4; // about 300 a second
const BATCH_SHARE = 0.03;
const ACK_MS = 1_000; // one try
const WAITING_MAX = 150; // unacknowledged, then the publisher waits
const PADDING_MAX = 2_500; // bytes that make a slow client's backlog grow

export class Writer {
  acked = new Map(); // message id -> seq
  count = 0;
  waiting = 0;
  retries = 0;
  duplicates = 0; // retries of what was stored already: their acknowledgement had not come
  isOver = false;

  constructor(random) {
    this.random = random;
  }

  async open(t, { port, user, pass }) {
    this.connection = await connect({ servers: `127.0.0.1:${port}`, user, pass, maxReconnectAttempts: -1, reconnectTimeWait: 100, pingInterval: 1_000, maxPingOut: 2 });
    this.stream = jetstream(this.connection);
    t.after(() => this.connection.close());
  }

  async run() {
    while (!this.isOver) {
      for (let n = 0; n < PER_ROUND && this.waiting < WAITING_MAX; n += 1) this.publish(this.message());
      await sleep(EVERY_MS);
    }
  }

  /** Ends when everything is acknowledged. */
  async finish(ms) {
    this.isOver = true;
    await eventually('every update is acknowledged', () => this.waiting === 0, ms);
  }

  message() {
    const id = `m${(this.count += 1)}`;
    if (this.random.next() < BATCH_SHARE) return this.batch(id);
    const token = this.random.pick(TOKENS);
    return { id, subject: `odin.tokens.${token}.price`, payload: this.update(token, id) };
  }

  batch(id) {
    const updates = this.random.some(TOKENS, TOKENS.length).map((token) => this.update(token, `${id}-${token}`));
    return { id, subject: 'odin.tokens.batch.update', payload: { type: 'price:batch', updates, timestamp: Date.now() } };
  }

  update(token, nonce) {
    return priceUpdate(token, this.count, nonce, { memo: 'x'.repeat(this.random.between(0, PADDING_MAX)) });
  }

  /** The message id keeps another try from becoming another update. */
  async publish({ id, subject, payload }) {
    this.waiting += 1;
    const text = JSON.stringify(payload);
    for (let isAcked = false; !isAcked; ) {
      isAcked = await this.stream.publish(subject, text, { msgID: id, timeout: ACK_MS }).then((ack) => this.acknowledge(id, ack), () => false);
      if (isAcked) break;
      this.retries += 1;
      await sleep(50);
    }
    this.waiting -= 1;
  }

  acknowledge(id, { seq, duplicate }) {
    this.acked.set(id, seq);
    if (duplicate) this.duplicates += 1;
    return true;
  }
}
