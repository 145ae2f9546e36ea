// Hostile commands over the WebSocket: each is answered with a numbered error or harmless, none is echoed.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Client, chainFaults } from './client.mjs';
import { startGateway } from './harness.mjs';
import { eventually } from './waiting.mjs';

const ERRORS_PER_SESSION = 50; // a hundred would end it
const MARK = 'n0-3ch0'; // must never come back

const json = (value) => JSON.stringify(value);
const subscribe = (more) => json({ type: 'subscribe', tokens: ['BTC'], ...more });
const many = (count) => Array.from({ length: count }, (_, n) => `M${n}`);

const REFUSED = [
  '', ' ', '{', '}', '[]', '[[]]', 'null', 'true', '0', '""', '{}', `"${MARK}"`, `{"type":"${MARK}"}`, '{"type":null}', '{"type":[]}',
  '{"type":{"type":"ping"}}', '{"type":"SUBSCRIBE"}', '{"type":"subscribe"}', '{"type":"subscribe","tokens":null}',
  '{"type":"subscribe","tokens":"BTC"}', '{"type":"subscribe","tokens":{"0":"BTC"}}', '{"type":"subscribe","tokens":[null]}',
  '{"type":"subscribe","tokens":[1]}', '{"type":"subscribe","tokens":[["BTC"]]}', '{"type":"subscribe","tokens":[""]}',
  '{"type":"subscribe","tokens":["a b"]}', '{"type":"subscribe","tokens":["*","BTC"]}', '{"type":"subscribe","tokens":["odin.>"]}',
  '{"type":"subscribe","tokens":["\\u0000"]}', '{"type":"subscribe","tokens":["\\ud800"]}', `{"type":"subscribe","tokens":["<${MARK}>"]}`,
  `{"type":"unsubscribe","tokens":["${'x'.repeat(33)}"]}`, '{"type":"unsubscribe"}', '{"type":"unsubscribe","tokens":7}',
  subscribe({ tokens: many(1001) }), subscribe({ channels: [] }), subscribe({ channels: ['prices'] }), subscribe({ channels: 'price' }),
  subscribe({ mode: 'fast' }), subscribe({ mode: 7 }), subscribe({ maxHz: -1 }), subscribe({ maxHz: 'a' }), subscribe({ resume: true }),
  subscribe({ resume: { epoch: 1, seq: 1 } }), subscribe({ resume: { epoch: 'a', seq: -1 } }), subscribe({ resume: { epoch: 'a' } }),
  '{"type":"subscribe","type":"x","tokens":["BTC"]}', '{"type":"subscribe","tokens":[true]}', '{"type":"subscribe","tokens":["BTC",null]}', '{"type":"subscribe","tokens":["<script>"]}',
  '{"type":"subscribe","tokens":["BTC\\n"]}', '{"type":"subscribe","tokens":["\u202eBTC"]}', '{"type":"subscribe","tokens":["../../etc/passwd"]}', '{"type":"subscribe","tokens":["*."]}',
  subscribe({ channels: null }), subscribe({ channels: ['price', 'x'] }), subscribe({ channels: [['price']] }), subscribe({ mode: 'latest', maxHz: 0 }), subscribe({ mode: 'latest', maxHz: null }),
  subscribe({ maxHz: [] }), subscribe({ mode: '' }), subscribe({ mode: {} }), subscribe({ resume: null }), subscribe({ resume: [] }), subscribe({ resume: { epoch: 'a', seq: 1.5 } }),
  subscribe({ resume: { epoch: 'a', seq: 2 ** 53 } }), subscribe({ resume: { epoch: 'a', seq: '1' } }), subscribe({ resume: { seq: 1 } }), '{"type":"subscribe","tokens":["BTC"],"resume":{"epoch":"a","seq":1e999}}',
  '{"type":"history"}', '{"type":"history","tokenId":""}', '{"type":"history","tokenId":["BTC"]}', '{"type":"history","tokenId":"BTC","limit":0}', '{"type":"history","tokenId":"BTC","limit":1001}',
  '{"type":"history","tokenId":"BTC","limit":"5"}', '{"type":"history","tokenId":"BTC","limit":null}', '{"type":"history","tokenId":"BTC","since":"now"}', '{"type":"history","tokenId":"BTC","since":1e300}',
  '{"type":"history","tokenId":"*"}', '{"type":"history","tokenId":"a b"}', '{"type":"auth"}', '{"type":"auth","token":null}', '{"type":"auth","token":{}}', '{"type":"auth","token":["x"]}',
  '{"type":"welcome"}', '{"type":"price:update","tokenId":"BTC","price":1}', '{"type":"drain"}', '{"type":" ping"}', '{"type":"ping\\u0000"}', '{"type":"pin\\u0067x"}', "{'type':'ping'}",
  '{"type":"ping",}', '{"type":"ping"} {"type":"ping"}', '//x\n{"type":"ping"}', 'undefined', 'NaN', '-', '1e999', '"\\ud800"', '\ufeff[]', `{"id":${'1'.repeat(300)}}`,
  '['.repeat(8_000), '{"a":'.repeat(3_000), `{"type":"ping","clientTime":${'9'.repeat(400)}`, '{"type":"history","tokenId":"BTC","limit":-1}',
];
const HARMLESS = ['{"type":"ping"}', '{"type":"ping","id":9e99}', '{"type":"ping","id":"x","clientTime":{"a":[]}}', '{"type":"unsubscribe","tokens":["NEVER"]}',
  `{"type":"auth","token":"${MARK}"}`, '{"type":"ping","__proto__":{},"constructor":1}'];

test('hostile commands by the hundred leave the program serving', { timeout: 180_000 }, async (t) => {
  const gateway = await startGateway(t, ['--interval', '20']);
  const honest = await new Client(t, `${gateway.ws}?tokens=*`).open();
  let sent = 0;

  await t.test('each is answered, and the session lives on', async (t) => {
    let client = await new Client(t, gateway.ws).open();
    for (const command of REFUSED) {
      if (sent % ERRORS_PER_SESSION === ERRORS_PER_SESSION - 1) client = await new Client(t, gateway.ws).open();
      const from = client.messages.length;
      client.send(sent % 2 ? Buffer.from(command) : command); // as text and as binary
      sent += 1;
      const { code, reason, retryable } = await client.first('error', { from }).catch(() => assert.fail(`no answer to ${command.slice(0, 60)}`));
      assert.deepEqual([typeof code, typeof reason, retryable], ['number', 'string', code === 111], command.slice(0, 60));
      await new Promise((done) => setTimeout(done, 40)); // below 30 a second
    }
    HARMLESS.forEach((command) => client.send(command));
    assert.equal((await client.ask({ type: 'ping', id: 77, clientTime: 1.5 })).clientTime, 1.5);
    assert.ok(!JSON.stringify(client.messages).includes(MARK), 'raw input is never echoed');
  });

  await t.test('a flood of them is ended with a reason', async (t) => {
    for (let round = 0; round < 20; round += 1) {
      const client = await new Client(t, gateway.ws).open();
      for (let n = 0; n < 200; n += 1) client.send(randomBytes(n % 64).toString('base64'));
      // Although much of it is unread then: a reset of the connection would have eaten the reason.
      assert.ok([4009, 4102].includes((await client.end()).code), `round ${round}`);
    }
  });

  await t.test('too many at once are told to slow down', async (t) => {
    const client = await new Client(t, gateway.ws).open();
    for (let n = 0; n < 90; n += 1) client.send({ type: 'ping', id: n });
    await client.heard('error 111', ({ code, retryable }) => code === 111 && retryable);
    await eventually('the ping is answered again', async () => {
      client.send({ type: 'ping', id: 1_000 });
      await new Promise((done) => setTimeout(done, 500));
      return client.messages.some(({ id }) => id === 1_000);
    });
  });

  const soFar = honest.messages.length;
  await eventually('the honest client goes on', () => honest.messages.length > soFar + 100);
  assert.deepEqual(chainFaults(honest.messages), []);
  assert.equal((await gateway.get('/readyz')).status, 200);
  assert.ok((await gateway.metrics()).odin_command_errors_total >= REFUSED.length);
});
