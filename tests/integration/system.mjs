// What the system knows about processes and ports.

import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';

function statOf(pid) {
  try {
    const [, name, rest] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const [state, parent] = rest.split(' ');
    return { name, state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

export function childrenOf(pid) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  return all.filter((candidate) => statOf(candidate)?.parent === pid);
}

export const nameOf = (pid) => statOf(pid)?.name;

/** A process that nobody has reaped yet runs no more either. */
export const isGone = (pid) => (statOf(pid)?.state ?? 'Z') === 'Z';

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
