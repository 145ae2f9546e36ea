// The product's door, session and frame writer keep to RFC 6455: each case says frames to wsecho, and what must come back.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { BIN, Running } from './harness.mjs';
import { frame, framesOf, RawSocket } from './rawsocket.mjs';
import { eventually } from './waiting.mjs';

const WSECHO = path.join(BIN, '../tests/support/wsecho');
const FIN = 0x80;
const [MORE, TEXT, BINARY, CLOSE, PING, PONG] = [0, 1, 2, 8, 9, 10];
const bytes = (size, fill = 0x61) => Buffer.alloc(size, fill);
const closing = (code, reason = '') => Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]);
const whole = (opcode, payload = '') => frame(FIN | opcode, payload);
const piece = (opcode, payload = '') => frame(opcode, payload);

const echoed = (name, opcode, payload) => ({ name, say: [whole(opcode, payload)], hear: [[opcode, payload]] });
/** What no client may send: the connection is failed, with this code if a close frame comes at all. */
const failed = (name, say, ...codes) => ({ name, say, fails: codes.length > 0 ? codes : [1002] });

const SIZES = [0, 1, 125, 126, 127, 128, 65_535, 65_536, 200_000].map((size) => [
  echoed(`text of ${size} bytes`, TEXT, bytes(size)),
  echoed(`binary of ${size} bytes`, BINARY, bytes(size, 0xfe)),
]);

const GOOD_UTF8 = ['κόσμε', '\u0000', '\u007f\u0080\u07ff\u0800\uffff', '\u{10000}\u{10ffff}', '\ufffe', 'Hello-µ@ßöäüàá-UTF-8!!'];
const BAD_UTF8 = ['80', 'bf', 'c0af', 'e080af', 'f08080af', 'eda080', 'edbfbf', 'f4908080', 'fe', 'ff', 'c3', 'e282', 'cebae1bdb9cf83cebcceb5eda080656469746564'];

const CASES = [
  ...SIZES.flat(),
  ...GOOD_UTF8.map((text) => echoed(`text ${JSON.stringify(text)}`, TEXT, Buffer.from(text))),
  ...BAD_UTF8.map((hex) => failed(`text that is not UTF-8: ${hex}`, [whole(TEXT, Buffer.from(hex, 'hex'))], 1007)),

  { name: 'ping', say: [whole(PING)], hear: [[PONG, '']] },
  { name: 'ping with a payload', say: [whole(PING, bytes(125, 0xff))], hear: [[PONG, bytes(125, 0xff)]] },
  { name: 'ten pings', say: Array.from({ length: 10 }, (_, n) => whole(PING, `p${n}`)), hear: Array.from({ length: 10 }, (_, n) => [PONG, `p${n}`]) },
  { name: 'a pong that nobody asked for', say: [whole(PONG, 'x'), whole(TEXT, 'a')], hear: [[TEXT, 'a']] },
  failed('a ping of 126 bytes', [whole(PING, bytes(126))]),
  failed('a ping in pieces', [piece(PING, 'a'), whole(MORE, 'b')]),
  failed('a close frame in pieces', [piece(CLOSE, closing(1000)), whole(MORE)]),

  ...[0x40, 0x20, 0x10, 0x70].map((bits) => failed(`reserved bits ${bits.toString(16)}`, [frame(FIN | bits | TEXT, 'a')])),
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode) => failed(`opcode ${opcode}`, [whole(opcode, 'a')])),
  failed('a frame that is not masked', [frame(FIN | TEXT, 'a', { masked: false })]),
  failed('a ping that is not masked', [frame(FIN | PING, '', { masked: false })]),

  { name: 'text in two pieces', say: [piece(TEXT, 'ab'), whole(MORE, 'cd')], hear: [[TEXT, 'abcd']] },
  { name: 'binary in pieces, one of them empty', say: [piece(BINARY, 'ab'), piece(MORE), whole(MORE, 'cd')], hear: [[BINARY, 'abcd']] },
  { name: 'a ping between pieces', say: [piece(TEXT, 'ab'), whole(PING, 'p'), whole(MORE, 'cd')], hear: [[PONG, 'p'], [TEXT, 'abcd']] },
  { name: 'empty pieces', say: [piece(TEXT), piece(MORE), whole(MORE)], hear: [[TEXT, '']] },
  { name: 'many pieces', say: [piece(TEXT, 'a'), ...Array.from({ length: 500 }, () => piece(MORE, 'a')), whole(MORE)], hear: [[TEXT, bytes(501)]] },
  failed('a piece of nothing', [whole(MORE, 'a')]),
  failed('a piece of nothing that goes on', [piece(MORE, 'a'), whole(TEXT, 'b')]),
  failed('a message inside another', [piece(TEXT, 'a'), whole(TEXT, 'b')]),

  ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999].map((code) => ({
    name: `close ${code}`, say: [whole(CLOSE, closing(code))], closes: code,
  })),
  { name: 'close with a reason', say: [whole(CLOSE, closing(1000, 'bye'))], closes: 1000 },
  { name: 'close with the longest reason', say: [whole(CLOSE, closing(1000, 'x'.repeat(123)))], closes: 1000 },
  { name: 'close without a code', say: [whole(CLOSE)], closes: undefined },
  { name: 'nothing is answered after a close', say: [whole(CLOSE, closing(1000)), whole(TEXT, 'late')], closes: 1000, not: TEXT },
  failed('close with half a code', [whole(CLOSE, Buffer.from([3]))]),
  failed('close with a reason that is too long', [whole(CLOSE, closing(1000, 'x'.repeat(124)))]),
  failed('close with a reason that is not UTF-8', [whole(CLOSE, Buffer.concat([closing(1000), Buffer.from('ff', 'hex')]))], 1002, 1007),
  ...[0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999].map((code) => failed(`close ${code}`, [whole(CLOSE, closing(code))])),
];

async function startEcho(t) {
  const echo = new Running(t, WSECHO, ['0']);
  const [, port] = await eventually('wsecho listens', () => /listening on \S+:(\d+)/.exec(echo.stdout), 15_000);
  return `ws://127.0.0.1:${port}/`;
}

const heard = (socket) => framesOf(socket.received.subarray(socket.head)).map(({ opcode, payload }) => [opcode, payload]);

async function check(socket, { name, hear, closes, fails, not }) {
  if (hear) {
    await eventually(`${name}: an answer`, () => heard(socket).length >= hear.length || socket.isClosed, 20_000);
    assert.deepEqual(heard(socket), hear.map(([opcode, payload]) => [opcode, Buffer.from(payload)]), name);
    return;
  }
  await socket.end(20_000);
  const codes = heard(socket).filter(([opcode]) => opcode === CLOSE).map(([, payload]) => (payload.length < 2 ? undefined : payload.readUInt16BE(0)));
  if (not !== undefined) assert.ok(!heard(socket).some(([opcode]) => opcode === not), `${name}: an answer after the close`);
  if (fails) assert.ok(codes.length === 0 || (codes.length === 1 && fails.includes(codes[0])), `${name}: closed with ${codes}`);
  else assert.ok(codes.length === 1 && (closes === undefined ? [undefined, 1000, 1005].includes(codes[0]) : codes[0] === closes), `${name}: closed with ${codes}`);
  if (fails) assert.ok(!heard(socket).some(([opcode]) => opcode === TEXT || opcode === BINARY), `${name}: it was answered`);
}

test('every case of RFC 6455, said at once, in single bytes, and together with the next frame', async (t) => {
  const url = await startEcho(t);
  assert.ok(CASES.length >= 80);
  for (const each of CASES) {
    for (const chopped of [false, true]) {
      const all = Buffer.concat(each.say);
      if (chopped && all.length > 300) continue;
      const socket = await new RawSocket(t, url).upgrade('/ws');
      if (chopped) for (const byte of all) socket.say(Buffer.from([byte]));
      else socket.say(all);
      await check(socket, each);
      socket.socket.destroy();
    }
  }
});

test('a frame that claims more than any message may have is refused at its head', async (t) => {
  const url = await startEcho(t);
  const socket = await new RawSocket(t, url).upgrade('/');
  socket.say(frame(FIN | TEXT, 'a', { claimed: 2 ** 40 }));
  await socket.end(20_000);
  assert.equal(socket.closeCode, 1009);
});
