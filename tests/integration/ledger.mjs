// The ledger test in its long form: node ledger.mjs [--runs 20] [--seed N] [--seconds 30] [--clients 20] [--verbose]
// Run n has the seed N + n. Exit code 0: in all runs nothing was lost, doubled or out of order, and no gap was declared.

import { parseArgs } from 'node:util';
import { declaredGaps, details, faultsOf, summary } from './ledger/report.mjs';
import { runLedger } from './ledger/run.mjs';

const text = (value) => ({ type: 'string', default: String(value) });
const { values } = parseArgs({
  options: { runs: text(20), seed: text(Date.now() % 1_000_000), seconds: text(30), clients: text(20), verbose: { type: 'boolean', default: false } },
});
const [runs, seed, seconds, clients] = [values.runs, values.seed, values.seconds, values.clients].map(Number);
const say = values.verbose ? (line) => console.log(`  ${line}`) : undefined;

let wrong = 0;
for (let n = 0; n < runs; n += 1) {
  const run = await runLedger({ seed: seed + n, seconds, clients, say }).catch((error) => {
    throw new Error(`the run of seed ${seed + n} ended early`, { cause: error });
  });
  console.log(`${n + 1}/${runs} ${summary(run)}`);
  if (faultsOf(run).length > 0) console.log(details(run));
  if (faultsOf(run).length > 0 || declaredGaps(run) > 0) wrong += 1;
}
console.log(wrong === 0 ? `all ${runs} runs from seed ${seed}: nothing lost, doubled or out of order` : `${wrong} of ${runs} runs from seed ${seed} went wrong`);
process.exit(wrong === 0 ? 0 : 1);
