// node bridge.mjs NATS-URL TARGET: hands each update of the bus on to a peer that does not read the bus itself.
// TARGET: nats://host:port (as subject "prices"), mqtt://host:port (as topic "prices"), or the http:// address to POST to.

import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
import { connect } from '@nats-io/transport-node';

async function toNats(target) {
  const peer = await connect({ servers: target.href });
  return (update) => peer.publish('prices', update);
}

// MQTT 3.1.1, quality of service 0: sections 3.1 (CONNECT) and 3.3 (PUBLISH), with the length of section 2.2.3.
async function toMqtt(target) {
  const peer = net.connect(Number(target.port), target.hostname).setNoDelay();
  await once(peer, 'connect');
  peer.resume();
  peer.write(Buffer.from([0x10, 12, 0, 4, ...Buffer.from('MQTT'), 4, 2, 0, 0, 0, 0]));
  const topic = Buffer.from([0, 6, ...Buffer.from('prices')]);
  return (update) => {
    const length = topic.length + update.length;
    const size = length < 128 ? [length] : [(length & 127) | 128, length >> 7];
    peer.write(Buffer.concat([Buffer.from([0x30, ...size]), topic, update]));
  };
}

// One connection and one request after the other, in order.
function toHttp(target) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  return (update) => {
    const request = http.request(target, { method: 'POST', agent }, (answer) => answer.resume());
    request.on('error', (error) => console.error(`bridge: ${error.message}`));
    request.end(update);
  };
}

const ways = { 'nats:': toNats, 'mqtt:': toMqtt, 'http:': toHttp };
const target = new URL(process.argv[3]);
const send = await ways[target.protocol](target);
const bus = await connect({ servers: process.argv[2] });
bus.subscribe('odin.tokens.*.price', { callback: (error, message) => error || send(message.data) });
await bus.flush();
console.log('bridging');
