// The checker of the ledger test finds what it is there to find: hand-made histories, each with one thing wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Checker } from './ledger/checker.mjs';
import { makeSchedule } from './ledger/schedule.mjs';
import { Truth, storageFaults } from './ledger/truth.mjs';

// A: 1 3 5 7 9 10, B: 2 4 6 8 10; 10 is a batch.
function makeTruth() {
  const truth = new Truth();
  for (let seq = 1; seq <= 9; seq += 1) {
    truth.add({ seq, id: `m${seq}`, updates: [{ tokenId: seq % 2 ? 'A' : 'B', nonce: `n${seq}` }] });
  }
  truth.add({ seq: 10, id: 'm10', isBatch: true, updates: [{ tokenId: 'A', nonce: 'n10a' }, { tokenId: 'B', nonce: 'n10b' }] });
  return truth;
}

const truth = makeTruth();
const subscribed = (more = {}) => ({ kind: 'subscribed', mode: 'auto', ...more });
const resuming = (seq, recovered = true) => subscribed({ asked: { epoch: 'e', seq }, recovered });
const resumed = { kind: 'resumed' };

/** The right update, changed by `more`. */
function update(tokenId, seq, more = {}) {
  const { seqs, nonces, places } = truth.of(tokenId);
  const at = places.get(seq);
  return { kind: 'update', update: { tokenId, seq, prev: seqs[at - 1] ?? 0, nonce: nonces[at], ...more } };
}

const snapshot = (...list) => ({ kind: 'snapshot', updates: list.map((one) => one.update) });
const all = (from = 1, to = 10) => [...Array(to - from + 1).keys()].map((n) => n + from)
  .flatMap((seq) => (seq === 10 ? [update('A', 10), update('B', 10)] : [update(seq % 2 ? 'A' : 'B', seq)]));
const check = (history, options) => new Checker(truth, options).check(history);
const kinds = (history, options) => check(history, options).faults.map(({ kind }) => kind);

test('complete histories have no fault', () => {
  assert.deepEqual(kinds([subscribed(), ...all()]), []);
  assert.deepEqual(kinds([subscribed(), snapshot(update('A', 5), update('B', 4)), ...all(6)]), []);
  assert.deepEqual(kinds([subscribed(), ...all(1, 5), resuming(5), ...all(6, 8), resumed, ...all(9)]), []);
  assert.deepEqual(kinds([subscribed(), ...all().filter((one) => one.update.tokenId === 'A')], { tokens: ['A'] }), []);
});

test('losses are found: in the middle, at the end, over a resume, before a first update', () => {
  const without = (seq) => all().filter((one) => one.update.seq !== seq);
  assert.deepEqual(kinds([subscribed(), ...without(5)]), ['lost']);
  assert.deepEqual(kinds([subscribed(), ...without(10)]), ['lost', 'lost']);
  assert.deepEqual(kinds([subscribed(), ...all(1, 5), resuming(5), ...all(7)]), ['lost']);
  assert.deepEqual(kinds([subscribed(), ...without(1)]), ['lost']);
  assert.deepEqual(kinds([]), ['lost', 'lost']);
  assert.deepEqual(kinds([subscribed(), snapshot(update('A', 5)), ...all(6)]), ['lost']); // B's first two
});

test('duplicates and steps back are found', () => {
  assert.deepEqual(kinds([subscribed(), ...all(1, 5), update('A', 5), ...all(6)]), ['duplicate']);
  assert.deepEqual(kinds([subscribed(), ...all(1, 5), update('A', 3), ...all(6)]), ['order']);
  assert.deepEqual(kinds([subscribed(), ...all(1, 6), resuming(6), update('B', 6), ...all(7)]), ['duplicate']);
  assert.deepEqual(kinds([subscribed(), ...all(1, 4), update('A', 7), update('B', 6), update('A', 5), ...all(8)]), ['lost', 'order']);
  const swapped = [...all(1, 3), update('A', 5), update('B', 4), ...all(6)]; // each token in order, not all together
  assert.deepEqual(kinds([subscribed({ mode: 'stream' }), ...swapped]), ['order']);
  assert.deepEqual(kinds([subscribed(), ...swapped]), []);
  assert.deepEqual(kinds([subscribed(), ...all(1, 6), resuming(6, false), snapshot(update('A', 3), update('B', 6)), ...all(7)]), ['order']);
});

test('the batch that a resume names may come again, once; nothing else may', () => {
  const again = [update('A', 10), update('B', 10)];
  const { faults, counts } = check([subscribed(), ...all(), resuming(10), ...again]);
  assert.deepEqual([faults, counts.repeated], [[], 2]);
  assert.deepEqual(kinds([subscribed(), ...all(), resuming(10), ...again, again[0]]), ['duplicate']);
  assert.deepEqual(kinds([subscribed(), ...all(), resuming(10), resumed, again[0]]), ['duplicate']);
  assert.deepEqual(kinds([subscribed(), ...all(), again[0]]), ['duplicate']);
});

test('the count of conflated updates must be exact', () => {
  const thinned = (conflated, mode) =>
    [subscribed({ mode }), ...all(1, 2), update('B', 4), update('B', 6), update('B', 8), update('A', 9, { conflated }), ...all(10)];
  assert.deepEqual(kinds(thinned(3)), []);
  assert.equal(check(thinned(3)).counts.conflated, 3);
  assert.deepEqual(kinds(thinned(2)), ['conflated']);
  assert.deepEqual(kinds(thinned(4)), ['conflated']);
  assert.deepEqual(kinds(thinned(undefined)), ['lost']);
  assert.deepEqual(kinds(thinned(3, 'stream')), ['conflated']);
  assert.deepEqual(kinds([subscribed(), ...all(1, 4), update('A', 5, { conflated: 1 }), ...all(6)]), ['conflated']);
});

test('a declared gap is counted and is no fault', () => {
  const history = [subscribed(), ...all(1, 3), resuming(3, false), snapshot(update('A', 7), update('B', 6)), ...all(8)];
  const { faults, counts } = check(history);
  assert.deepEqual(faults, []);
  assert.deepEqual([counts.declared, counts.skipped, counts.resumes], [1, 2, 1]);
  assert.deepEqual(kinds(history.slice(0, -1)), ['lost']); // and what comes after it is owed
  assert.deepEqual(kinds([subscribed(), ...all(1, 3), snapshot(update('A', 7), update('B', 6)), ...all(8)]), ['lost', 'lost']); // declared by nobody
});

test('prev is right everywhere, and may be 0 for the first update of a token in a replay only', () => {
  assert.deepEqual(kinds([subscribed(), ...all(1, 4), update('A', 5, { prev: 1 }), ...all(6)]), ['chain']);
  assert.deepEqual(kinds([subscribed(), ...all(1, 4), resuming(4), update('A', 5, { prev: 0 }), ...all(6)]), []);
  assert.deepEqual(kinds([subscribed(), ...all(1, 4), resuming(4), ...all(5, 6), update('A', 7, { prev: 0 }), ...all(8)]), ['chain']);
  assert.deepEqual(kinds([subscribed(), ...all(1, 4), resuming(4), resumed, update('A', 5, { prev: 0 }), ...all(6)]), ['chain']);
});

test('what was never stored, was changed, or was not asked for is found', () => {
  const strange = { kind: 'update', update: { tokenId: 'A', seq: 11, prev: 10, nonce: 'x' } };
  assert.deepEqual(kinds([subscribed(), ...all(), strange]), ['unknown']);
  assert.deepEqual(kinds([subscribed(), ...all(1, 4), update('A', 5, { nonce: 'other' }), ...all(6)]), ['altered', 'lost']);
  assert.deepEqual(kinds([subscribed(), ...all()], { tokens: ['B'] }), Array(6).fill('unasked'));
  assert.deepEqual(kinds([subscribed(), ...all(), resuming(10), snapshot(update('A', 10), update('B', 10))]), ['unasked']);
  assert.deepEqual(kinds([subscribed(), ...all(), resuming(10, null)]), ['unanswered']);
});

test('acknowledgements and the stream must say the same', () => {
  const acked = new Map([...truth.stored]);
  assert.deepEqual(storageFaults(acked, truth), []);
  assert.deepEqual(storageFaults(new Map([...acked, ['m11', 11]]), truth).map(({ kind }) => kind), ['lost']);
  assert.deepEqual(storageFaults(new Map([...acked, ['m3', 4]]), truth).map(({ kind }) => kind), ['altered']);
  acked.delete('m7');
  assert.deepEqual(storageFaults(acked, truth).map(({ kind }) => kind), ['unknown']);
});

test('a schedule follows from its seed, ends in time and lets no two faults of the broker overlap', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const schedule = makeSchedule(seed, { ms: 20_000, clients: 20 });
    assert.deepEqual(schedule, makeSchedule(seed, { ms: 20_000, clients: 20 }));
    assert.notDeepEqual(schedule, makeSchedule(seed + 1, { ms: 20_000, clients: 20 }));
    assert.ok(schedule.every(({ at, ms }) => at >= 0 && at + ms <= 20_000));
    const broker = schedule.filter(({ kind }) => /^broker/.test(kind));
    assert.ok(broker.length > 0);
    assert.ok(broker.slice(1).every(({ at }, n) => at > broker[n].at + broker[n].ms));
  }
});
