// node wsserver.mjs NATS-URL: the stack that one would write first: npm's nats client and npm's `ws`, every update to every client.
// Compression is off and the bytes of an update are made once, so that `ws` is measured at its best.

import { connect } from '@nats-io/transport-node';
import { WebSocket, WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 4096, perMessageDeflate: false });
server.on('connection', (client) => client.on('error', () => client.terminate()));

function broadcast({ data }) {
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  for (const client of server.clients) {
    if (client.readyState === WebSocket.OPEN) client.send(text, { binary: false });
  }
}

const bus = await connect({ servers: process.argv[2] });
bus.subscribe('odin.tokens.*.price', { callback: (error, message) => error || broadcast(message) });
await bus.flush();
if (!server.address()) await new Promise((listening) => server.once('listening', listening));
console.log(`ready ws=ws://127.0.0.1:${server.address().port}/`);
