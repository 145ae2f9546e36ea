// One run: faults by a seed for some seconds while prices flow, then peace, then the accounts of every client.

import { eventually, sleep } from '../waiting.mjs';
import { breakThings } from './breaking.mjs';
import { Checker } from './checker.mjs';
import { makeSchedule } from './schedule.mjs';
import { Setting } from './setting.mjs';
import { Scope } from './scope.mjs';
import { readTruth } from './stream.mjs';
import { storageFaults } from './truth.mjs';

const PEACE_MS = 2_000; // prices flow on after the last fault
const ACK_MS = 60_000;
const COMPLETE_MS = 60_000;
const SUBSCRIBED_MS = 20_000;
const PONG_EVERY_MS = 1_000;

const isSubscribed = ({ history }) => history.some(({ kind }) => kind === 'subscribed');
const lastSeq = (truth, tokens) => Math.max(0, ...(tokens ?? [...truth.tokens.keys()]).map((token) => truth.of(token).seqs.at(-1) ?? 0));

/** Every client has its last update, and an answer to a ping sent after that: nothing is on its way any more. */
async function complete(readers, truth) {
  const has = (reader) => reader.highest >= lastSeq(truth, reader.tokens);
  const pongs = readers.map(({ pongs: before }) => before);
  const pinged = new Set();
  let lastPing = 0;
  await eventually('every client has the last update of its tokens', () => {
    const isDue = Date.now() - lastPing > PONG_EVERY_MS;
    if (isDue) lastPing = Date.now();
    readers.forEach((reader, n) => {
      if (!isDue || !has(reader)) return;
      if (!pinged.has(n)) pongs[n] = reader.pongs;
      pinged.add(n);
      reader.send({ type: 'ping', clientTime: 0 });
    });
    return readers.every((reader, n) => has(reader) && pinged.has(n) && reader.pongs > pongs[n]);
  }, COMPLETE_MS).catch(() => {}); // the accounts say who lacks what
}

function accounts(readers, truth) {
  return readers.map((reader) => {
    const { faults, counts } = new Checker(truth, reader).check(reader.history);
    const closes = Object.fromEntries(reader.closes);
    return { name: reader.name, mode: reader.mode, closes, counts, faults };
  });
}

/** `say` gets each fault as it happens. Gives the accounts of all; nothing that it started is left. */
export async function runLedger({ seed, seconds, clients = 20, say }) {
  const t = new Scope();
  try {
    const setting = await new Setting().open(t, seed, clients);
    const { readers, writer } = setting;
    await eventually('every client is subscribed', () => readers.every(isSubscribed), SUBSCRIBED_MS);
    const schedule = makeSchedule(seed, { ms: seconds * 1_000, clients });
    const writing = writer.run();
    await breakThings(setting, schedule, say);
    await sleep(PEACE_MS);
    await writer.finish(ACK_MS);
    await writing;
    const truth = await readTruth(setting.direct);
    await complete(readers, truth);
    const { acked, retries, duplicates } = writer;
    const crashes = setting.gateways.flatMap((gateway) => gateway.crashes).map((text) => ({ kind: 'crash', text }));
    const common = [...storageFaults(acked, truth), ...crashes];
    return { seed, schedule, acked: acked.size, retries, duplicates, updates: truth.updates, common, clients: accounts(readers, truth) };
  } finally {
    await t.close();
  }
}
