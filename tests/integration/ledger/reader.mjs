// A client that never gives up: subscribes, writes down all it hears, and on any end comes back to either gateway and
// resumes from the highest seq that it has seen.

import WebSocket from 'ws';

const SILENT_MS = 6_000; // nothing heard: the connection is dead, whatever TCP says
const BACK_OFF_MS = [100, 200, 400, 800]; // full jitter up to this, by tries in a row

// Most frames are the same bytes for every client: each is parsed once for all of them.
const parsed = new Map();
const PARSED_MAX = 5_000;

function parse(text) {
  if (!parsed.has(text)) {
    if (parsed.size > PARSED_MAX) parsed.clear();
    parsed.set(text, JSON.parse(text));
  }
  return parsed.get(text);
}

/** Only what the ledger compares: a long run keeps many of these. */
const outline = ({ tokenId, seq, prev, nonce, conflated }) => ({ tokenId, seq, prev, nonce, conflated });
const outlines = new WeakMap();

function outlineOf(update) {
  if (!outlines.has(update)) outlines.set(update, outline(update));
  return outlines.get(update);
}

export class Reader {
  history = []; // as the checker takes it
  closes = new Map(); // code -> how often
  highest = 0;
  tries = 0;
  pongs = 0;

  /** `doors()`: addresses to choose from. `tokens` undefined: all. */
  constructor({ name, doors, random, mode, tokens }) {
    Object.assign(this, { name, doors, random, mode, tokens });
    this.connect();
  }

  connect() {
    this.door = this.random.pick([...this.doors().keys()]);
    const socket = new WebSocket(`${this.doors()[this.door]}/ws`, { perMessageDeflate: false, handshakeTimeout: SILENT_MS });
    this.socket = socket;
    socket.on('open', () => (this.localPort = socket._socket.localPort));
    socket.on('message', (data) => this.hear(parse(data.toString('utf8'))));
    socket.on('error', () => {});
    socket.on('close', (code) => this.closed(code));
    this.heardAt = Date.now();
    this.watch = setInterval(() => this.lookForSilence(), 500);
  }

  lookForSilence() {
    if (this.socket.isPaused) this.heardAt = Date.now();
    if (Date.now() - this.heardAt > SILENT_MS) this.socket.terminate();
  }

  closed(code) {
    clearInterval(this.watch);
    this.localPort = undefined;
    this.closes.set(code, (this.closes.get(code) ?? 0) + 1);
    if (this.isOver) return;
    const longest = BACK_OFF_MS[Math.min(this.tries, BACK_OFF_MS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => this.connect(), Math.random() * longest);
  }

  hear(message) {
    this.heardAt = Date.now();
    this.on[message.type]?.(message);
  }

  on = {
    welcome: ({ epoch }) => {
      this.tries = 0;
      this.epoch ??= epoch || undefined;
      this.asked = this.highest > 0 ? { epoch: this.epoch, seq: this.highest } : undefined;
      this.send({ type: 'subscribe', id: 1, tokens: this.tokens ?? ['*'], mode: this.mode, resume: this.asked });
    },
    subscribed: ({ recovered }) => this.note({ kind: 'subscribed', asked: this.asked, recovered, mode: this.mode }),
    resumed: () => this.note({ kind: 'resumed' }),
    'price:snapshot': ({ updates }) => {
      this.note({ kind: 'snapshot', updates: updates.map(outlineOf) });
      updates.forEach((update) => this.saw(update));
    },
    'price:update': (update) => {
      this.note({ kind: 'update', update: outlineOf(update) });
      this.saw(update);
    },
    pong: () => (this.pongs += 1),
    error: ({ code, reason }) => this.note({ kind: 'refused', code, reason }),
  };

  note(event) {
    this.history.push(event);
  }

  saw({ seq }) {
    this.highest = Math.max(this.highest, seq);
  }

  send(command) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(command));
  }

  /** Reads nothing for a while: its kernel's buffer fills, then the proxy's, then the gateway's. */
  pause() {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.pause();
  }

  resume() {
    if (this.socket.isPaused) this.socket.resume();
  }

  stop() {
    this.isOver = true;
    clearTimeout(this.timer);
    clearInterval(this.watch);
    this.socket.terminate();
  }
}
