// A publisher of one's own: node publisher.mjs FILE, where FILE is what the gateway wrote for --nats-info.
// Needs `npm install @nats-io/transport-node @nats-io/jetstream`.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from '@nats-io/transport-node';
import { jetstream } from '@nats-io/jetstream';

const url = new URL(readFileSync(process.argv[2] ?? process.env.NATS_INFO, 'utf8').trim());
const bus = await connect({ servers: url.host, user: url.username, pass: url.password });
for (const price of [1.5, 2.5, 3.5]) {
  const nonce = randomUUID(); // publishing again with the same one never makes a duplicate
  const update = { type: 'price:update', tokenId: 'DEMO', price, volume24h: 0, priceChange24h: 0, timestamp: Date.now(), source: 'trade', nonce };
  const ack = await jetstream(bus).publish('odin.tokens.DEMO.price', JSON.stringify(update), { msgID: nonce });
  console.log(`acked seq ${ack.seq}`);
}
await bus.close();
