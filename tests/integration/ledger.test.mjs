// The ledger in its short form: what was acknowledged against what each client received, under faults that follow from a seed.
// ODIN_LEDGER_SEED=N repeats a run's schedule; `node ledger.mjs` is the long form.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declaredGaps, details, faultsOf, summary } from './ledger/report.mjs';
import { runLedger } from './ledger/run.mjs';

const SECONDS = 25;
const FRESH = Number(process.env.ODIN_LEDGER_SEED ?? Date.now() % 1_000_000);

for (const seed of [1, FRESH]) {
  test(`nothing is lost, doubled or out of order: seed ${seed}`, { timeout: 240_000 }, async (t) => {
    const run = await runLedger({ seed, seconds: SECONDS });
    t.diagnostic(summary(run));
    assert.ok(run.acked > 1_000, `only ${run.acked} messages were acknowledged`);
    assert.ok(run.clients.every(({ counts }) => counts.updates > 100), 'every client received something');
    assert.ok(run.clients.some(({ counts }) => counts.resumes > 0), 'somebody resumed');
    assert.deepEqual(faultsOf(run), [], details(run));
    assert.equal(declaredGaps(run), 0, 'outages are short: every resume is recovered');
  });
}
