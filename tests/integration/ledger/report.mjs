// What a run came to, for people.

const SHOWN_MAX = 5; // faults of one client that are told

const sum = (clients, of) => clients.reduce((total, client) => total + of(client), 0);

export function faultsOf({ common, clients }) {
  const ofClients = clients.flatMap(({ name, mode, faults }) => faults.map((fault) => ({ ...fault, name: `${name} (${mode})` })));
  return [...common.map((fault) => ({ ...fault, name: 'all' })), ...ofClients];
}

export const declaredGaps = ({ clients }) => sum(clients, ({ counts }) => counts.declared);

function byKind(faults) {
  const kinds = {};
  for (const { kind } of faults) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`).join(', ');
}

/** How connections ended: code -> how often. */
function closesOf({ clients }) {
  const closes = {};
  for (const client of clients) for (const [code, count] of Object.entries(client.closes)) closes[code] = (closes[code] ?? 0) + count;
  return Object.entries(closes).map(([code, count]) => `${count} x ${code}`).join(', ');
}

/** One line. */
export function summary(run) {
  const total = (name) => sum(run.clients, ({ counts }) => counts[name]);
  const faults = faultsOf(run);
  return [
    `seed ${run.seed}: ${run.schedule.length} things broken`,
    `${run.acked} messages acknowledged (${run.retries} retries, ${run.duplicates} of them stored before), ${run.updates} updates`,
    `${run.clients.length} clients: ${total('updates')} received, ${total('conflated')} conflated, closes ${closesOf(run)}, ${total('resumes')} resumes, ` +
      `${total('repeated')} of a batch again, ${total('declared')} declared gaps (${total('skipped')} updates)`,
    faults.length === 0 ? '0 lost, 0 twice, 0 out of order' : `WRONG: ${byKind(faults)}`,
  ].join('; ');
}

/** The first faults of each client. */
export function details(run) {
  const shown = new Map();
  const lines = [];
  for (const { name, kind, text } of faultsOf(run)) {
    shown.set(name, (shown.get(name) ?? 0) + 1);
    if (shown.get(name) <= SHOWN_MAX) lines.push(`  ${name}: ${kind}: ${text}`);
  }
  return lines.join('\n');
}
