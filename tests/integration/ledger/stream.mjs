// The stream itself, read at the end over a connection of its own: the truth.

import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { within } from '../waiting.mjs';
import { Truth } from './truth.mjs';

const STREAM = 'ODIN';
const READ_MS = 60_000;

const isPrice = (subject) => /\.price$|\.batch\.update$/.test(subject);

async function read(connection) {
  const truth = new Truth();
  const { state } = await (await jetstreamManager(connection)).streams.info(STREAM);
  if (state.messages === 0) return truth;
  const consumer = await jetstream(connection).consumers.get(STREAM);
  for await (const message of await consumer.consume()) {
    if (isPrice(message.subject)) {
      const { type, updates, ...update } = message.json();
      const isBatch = type === 'price:batch';
      truth.add({ seq: message.seq, id: message.headers?.get('Nats-Msg-Id'), isBatch, updates: isBatch ? updates : [update] });
    }
    if (message.seq >= state.last_seq) break;
  }
  return truth;
}

export async function readTruth({ port, user, pass }) {
  const connection = await connect({ servers: `127.0.0.1:${port}`, user, pass });
  try {
    return await within('the whole stream', read(connection), READ_MS);
  } finally {
    await connection.close();
  }
}
