// A bare TCP peer that says what no well-behaved client would, and the WebSocket frames to say it with.

import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { eventually, within } from './waiting.mjs';

export class RawSocket {
  received = Buffer.alloc(0);
  isClosed = false;

  constructor(t, url) {
    const { hostname, port } = new URL(url);
    this.socket = connect(Number(port), hostname);
    this.socket.on('data', (data) => (this.received = Buffer.concat([this.received, data])));
    this.socket.on('error', () => {}); // a reset is one of the answers
    this.closed = new Promise((done) => this.socket.once('close', done)).then(() => (this.isClosed = true));
    t.after(() => this.socket.destroy());
  }

  say(bytes) {
    this.socket.write(bytes);
    return this;
  }

  /** The peer has closed the connection. */
  end(ms = 15_000) {
    return within('the end of a raw connection', this.closed, ms);
  }

  async upgrade(target = '/ws') {
    this.say(upgradeRequest(target));
    await eventually('101', () => this.received.includes('\r\n\r\n'));
    const head = this.received.indexOf('\r\n\r\n') + 4;
    if (!this.received.subarray(0, head).includes(' 101 ')) throw new Error(this.received.toString('latin1'));
    this.head = head;
    return this;
  }

  /** The close code that the peer sent, undefined if it sent none. */
  get closeCode() {
    const closing = framesOf(this.received.subarray(this.head)).find(({ opcode }) => opcode === 8);
    return closing?.payload.readUInt16BE(0);
  }

  get messages() {
    return framesOf(this.received.subarray(this.head)).filter(({ opcode }) => opcode === 1).map(({ payload }) => JSON.parse(payload));
  }
}

export const upgradeRequest = (target) =>
  `GET ${target} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`;

/** One frame of a client: first byte (FIN, reserved bits, opcode) and payload, masked. */
export function frame(first, payload, { masked = true, claimed } = {}) {
  const bytes = Buffer.from(payload);
  const length = claimed ?? bytes.length;
  const wide = length < 126 ? Buffer.alloc(0) : Buffer.alloc(length < 65_536 ? 2 : 8);
  if (wide.length === 2) wide.writeUInt16BE(length);
  if (wide.length === 8) wide.writeBigUInt64BE(BigInt(length));
  const short = wide.length === 0 ? length : wide.length === 2 ? 126 : 127;
  const mask = masked ? randomBytes(4) : Buffer.alloc(0);
  const body = masked ? bytes.map((byte, n) => byte ^ mask[n % 4]) : bytes;
  return Buffer.concat([Buffer.from([first, short | (masked ? 0x80 : 0)]), wide, mask, body]);
}

export function framesOf(bytes) {
  const frames = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const short = bytes[at + 1] & 0x7f;
    const wide = { 126: 2, 127: 8 }[short] ?? 0;
    if (at + 2 + wide > bytes.length) break;
    const length = wide === 0 ? short : wide === 2 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const start = at + 2 + wide;
    if (start + length > bytes.length) break;
    frames.push({ opcode: bytes[at] & 0x0f, payload: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return frames;
}
