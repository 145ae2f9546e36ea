// Hostile payloads on every subject of the bus: counted by reason, never forwarded, and the feed goes on.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Publisher, connectBus, priceUpdate } from './bus.mjs';
import { Client, chainFaults } from './client.mjs';
import { startGateway } from './harness.mjs';
import { eventually } from './waiting.mjs';

const PRICE = 'odin.tokens.BAD.price';
const VOLUME = 'odin.tokens.BAD.volume';
const BATCH = 'odin.tokens.batch.update';
const MARKET = 'odin.market.statistics';

const price = (more) => JSON.stringify({ ...priceUpdate('BAD', 1, 'n'), ...more });
const without = (field) => JSON.stringify({ ...priceUpdate('BAD', 1, 'n'), [field]: undefined });
const raw = (field, text) => price({ [field]: '@' }).replace('"@"', text);
const batch = (...updates) => JSON.stringify({ type: 'price:batch', updates, timestamp: Date.now() });
const badUtf8 = Buffer.from(price({ nonce: '@' })).map((byte) => (byte === 0x40 ? 0xff : byte));

// What must be counted, by reason.
const HOSTILE = {
  unknown_subject: [['odin.tokens.BAD.other', price()], ['odin.tokens.price', price()], ['odin.tokens.A.B.price', price()], ['odin.market.other', '{}']],
  too_big: [[PRICE, price({ more: 'x'.repeat(5_000) })], [PRICE, Buffer.alloc(900_000)], [PRICE, Buffer.alloc(1024 * 1024 - 200, '[')], [MARKET, Buffer.alloc(500_000, '{"a":')], [BATCH, Buffer.alloc(300_000, ' ')]],
  not_json: [[PRICE, ''], [PRICE, '[]'], [PRICE, '7'], [PRICE, 'NaN'], [PRICE, `${price()}x`], [PRICE, randomBytes(500)], [PRICE, badUtf8],
    [PRICE, raw('price', 'NaN')], [PRICE, raw('price', '1e999')], [PRICE, raw('price', '-Infinity')], [PRICE, raw('price', '0x10')], [PRICE, raw('price', '01')],
    [PRICE, raw('more', '1e999')], [PRICE, raw('more', '"\\ud800"')], [PRICE, raw('more', '"\\udc00\\ud800"')], [PRICE, raw('more', '"\u0001"')],
    [PRICE, `${price().slice(0, -1)},"price":2}`], [PRICE, `${price().slice(0, -1)},"tokenId":"BAD"}`], [PRICE, `${price().slice(0, -1)},"pr\\u0069ce":2}`],
    [PRICE, `{"price":1,${price().slice(1)}`], [PRICE, raw('more', `${'['.repeat(40)}${']'.repeat(40)}`)], [PRICE, raw('more', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)],
    [PRICE, '['.repeat(4_000)], [PRICE, '{"a":'.repeat(700)], [BATCH, batch({ ...priceUpdate('BAD', 1, 'n') }).replace('"price":1', '"price":1,"price":2')],
    [BATCH, batch({ tokenId: 'BAD', price: '@' }).replace('"@"', '1e999')], [PRICE, Buffer.concat([Buffer.from('\ufeff'), Buffer.from('[]')])],
    [PRICE, Buffer.from(price(), 'utf16le')], [PRICE, Buffer.from(price({ more: '@' }).replace('@', '\u00e9'), 'latin1')],
    [VOLUME, '{'], [BATCH, 'null'], [MARKET, randomBytes(100)]],
  missing_field: ['tokenId', 'price', 'timestamp', 'nonce', 'source'].map((field) => [PRICE, without(field)]),
  wrong_type: [[PRICE, price({ price: '1' })], ...[null, true, [], {}, '<b>1</b>'].map((value) => [PRICE, price({ price: value })]), ...[null, 7, [], {}].map((value) => [PRICE, price({ nonce: value })]),
    [PRICE, price({ source: 'rumour' })], [PRICE, price({ source: '<i>' })], [PRICE, price({ volume24h: '9' })], [PRICE, price({ priceChange24h: null })], [VOLUME, JSON.stringify({ type: 'volume:update', tokenId: 'BAD', volume24h: 'x', timestamp: 1 })], [PRICE, price({ timestamp: 'now' })], [PRICE, price({ type: 7 })], [BATCH, '{"type":"price:batch","updates":{},"timestamp":1}']],
  bad_token: [[BATCH, batch(priceUpdate('a b', 1, 'n'))], ...['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '\u0000', 'A\nB', '\u202eABC', 'BTC\u0000', '../x', '', 'é']
    .map((name) => [BATCH, batch(priceUpdate(name, 1, 'n'))]), [PRICE, price({ tokenId: '<b>' })], [`odin.tokens.${'x'.repeat(33)}.price`, JSON.stringify(priceUpdate('x'.repeat(33), 1, 'n'))]],
  token_mismatch: [[PRICE, price({ tokenId: 'GOOD' })]],
  bad_price: [[PRICE, price({ price: -1 })], [PRICE, price({ price: -1e-300 })]],
  future_time: [[PRICE, price({ timestamp: Date.now() + 3_600_000 })]],
  too_many_updates: [[BATCH, batch(...Array(1001).fill(null).map((_, n) => ({ tokenId: 'BAD', price: n })))]],
};

test('hostile payloads are counted and never forwarded', { timeout: 120_000 }, async (t) => {
  const gateway = await startGateway(t, ['--no-simulate']);
  const connection = await connectBus(t, gateway.infoFile);
  const publisher = new Publisher(connection);
  const client = new Client(t, gateway.ws);
  await client.open();
  client.send({ type: 'subscribe', tokens: ['*'], channels: ['price', 'volume', 'market'] });
  await client.first('price:snapshot');

  for (const [reason, messages] of Object.entries(HOSTILE)) {
    const name = `odin_feed_refused_total{reason="${reason}"}`;
    await t.test(reason, async () => {
      for (const [subject, payload] of messages) {
        const before = (await gateway.metrics())[name];
        await publisher.stream.publish(subject, payload);
        await publisher.publish('GOOD', 1);
        const label = `${subject} ${String(payload).slice(0, 60)} ... ${String(payload).slice(-60)}`;
        const counted = async () => (await gateway.metrics())[name] > before;
        await eventually(`${reason} is counted for ${label}`, counted, 5_000);
      }
    });
  }
  for (let n = 0; n < 200; n += 1) connection.publish([PRICE, VOLUME, BATCH, MARKET][n % 4], randomBytes(n * 10));
  await publisher.publish('GOOD', 2);

  const { acked } = publisher;
  await eventually('the last good update', () => client.updates.at(-1)?.seq === acked.at(-1).seq);
  assert.deepEqual(client.updates.map(({ seq, nonce }) => ({ seq, nonce })), acked);
  assert.deepEqual(chainFaults(client.messages), []);
  assert.deepEqual(client.messages.filter(({ type }) => /^(volume|market):/.test(type)), []);
});

test('all five subjects are understood, and the digits of the publisher are kept', { timeout: 60_000 }, async (t) => {
  const gateway = await startGateway(t, ['--no-simulate']);
  const { stream } = new Publisher(await connectBus(t, gateway.infoFile));
  const client = await new Client(t, gateway.ws).open();
  const texts = [];
  client.socket.on('message', (text) => texts.push(String(text)));
  client.send({ type: 'subscribe', tokens: ['*'], channels: ['price', 'volume', 'market'] });
  await client.first('price:snapshot');
  const now = Date.now();
  const digits = '0.000000012345678901234567890';
  await stream.publish('odin.tokens.A.price', JSON.stringify(priceUpdate('A', 1, 'n', { extra: [1] })).replace('"price":1,', `"price":${digits},`));
  await stream.publish('odin.tokens.A.volume', JSON.stringify({ type: 'volume:update', tokenId: 'A', volume24h: 5, timestamp: now }));
  await stream.publish(BATCH, batch(priceUpdate('A', 2, 'b1'), priceUpdate('B', 3, 'b2')));
  await stream.publish(MARKET, JSON.stringify({ type: 'market:statistics', timestamp: now, totalVolume24h: 7 }));

  const statistics = await client.first('market:statistics');
  assert.equal(statistics.totalVolume24h, 7);
  assert.ok(texts.some((text) => text.includes(`"price":${digits},`) && text.includes('"extra":[1]')), texts.join('\n'));
  assert.equal((await client.first('volume:update')).volume24h, 5);
  const batched = client.updates.slice(1);
  assert.deepEqual(batched.map(({ tokenId, source }) => [tokenId, source]), [['A', 'scheduler'], ['B', 'scheduler']]);
  assert.equal(batched[0].seq, batched[1].seq, 'one message, one sequence');
  assert.deepEqual(chainFaults(client.messages), []);
  assert.deepEqual((await new Client(t, `${gateway.ws}?tokens=B`).first('price:snapshot')).updates.map(({ nonce }) => nonce), ['b2']);
});
