// A client of the gateway made with npm's ws: keeps what it hears, and can tell whether anything is missing.

import WebSocket from 'ws';
import { eventually, within } from './waiting.mjs';

export class Client {
  messages = [];

  constructor(t, url, protocols = [], options = {}) {
    this.socket = new WebSocket(url, protocols, options);
    this.socket.on('message', (text) => this.messages.push(JSON.parse(text)));
    this.closed = new Promise((done) => this.socket.once('close', (code, reason) => done({ code, reason: String(reason) })));
    this.opened = new Promise((done, failed) => this.socket.once('open', done).once('error', failed));
    this.opened.catch(() => {}); // who waits for it is told
    this.socket.on('error', () => {});
    t.after(() => this.socket.terminate());
  }

  async open() {
    await within('an open WebSocket', this.opened);
    return this;
  }

  send(command) {
    this.socket.send(typeof command === 'object' && !Buffer.isBuffer(command) ? JSON.stringify(command) : command);
  }

  /** The first message that fits, from the one at `from` on. */
  heard(what, fits, { from = 0, ms = 10_000 } = {}) {
    return eventually(what, () => this.messages.slice(from).find(fits), ms);
  }

  first(type, options) {
    return this.heard(type, (message) => message.type === type, options);
  }

  /** Sends a command and gives its answer. */
  ask(command) {
    this.send(command);
    return this.heard(`the answer to ${command.type}`, (message) => message.id === command.id);
  }

  status(word, from = 0) {
    return this.heard(`status ${word}`, (m) => m.type === 'connection:status' && m.status === word, { from, ms: 20_000 });
  }

  /** Code and reason of the close. */
  end(ms = 15_000) {
    return within('the close of a WebSocket', this.closed, ms);
  }

  /** Goes without a word; what it had until then is in `messages`. */
  async leave() {
    this.socket.terminate();
    await this.end();
  }

  /** What a resume names: the epoch, and the highest seq that this client has seen. */
  get position() {
    const { epoch } = this.messages.find(({ type }) => type === 'welcome');
    const prices = this.messages.flatMap((message) => (message.type === 'price:snapshot' ? message.updates : [message]));
    const seqs = prices.filter(({ type }) => type === 'price:update').map(({ seq }) => seq);
    return { epoch, seq: seqs.reduce((most, seq) => Math.max(most, seq), this.resumedFrom ?? 0) };
  }

  get updates() {
    return this.messages.filter((message) => message.type === 'price:update');
  }
}

/** A client that asks for what another one missed since `position`; `recovered` is the gateway's answer. */
export async function resumed(t, url, position, tokens = ['*'], mode = 'auto') {
  const client = await new Client(t, url).open();
  await client.first('welcome');
  client.recovered = (await client.ask({ type: 'subscribe', id: 1, tokens, mode, resume: position })).recovered;
  if (client.recovered) client.resumedFrom = position.seq;
  return client;
}

/** Waits until the client has the last of what a publisher was acknowledged. */
export const caughtUp = (client, { acked }, ms = 60_000) =>
  eventually('the last update', () => client.updates.at(-1)?.seq === acked.at(-1).seq, ms);

/** Of updates and of what was acknowledged, for comparing the two. */
export const outline = (updates) => updates.map(({ seq, nonce }) => `${seq} ${nonce}`);

/** What is wrong with the chain of seq and prev: nothing when each update followed the one before of its token. */
export function chainFaults(messages) {
  const last = new Map();
  const faults = [];
  for (const message of messages) {
    for (const update of message.type === 'price:snapshot' ? message.updates : []) last.set(update.tokenId, update.seq);
    if (message.type !== 'price:update') continue;
    const before = last.get(message.tokenId) ?? 0;
    if (message.prev !== before) faults.push(`${message.tokenId} seq ${message.seq}: prev ${message.prev} after ${before}`);
    last.set(message.tokenId, message.seq);
  }
  return faults;
}
