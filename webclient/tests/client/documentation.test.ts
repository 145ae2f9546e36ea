// The public API is documented: docs/client-library.md names everything that can be imported, called or listened to.

import { describe, expect, it } from 'vitest';
import documentation from '../../../docs/client-library.md?raw';
import client from '../../src/client/client.ts?raw';
import face from '../../src/client/index.ts?raw';
import states from '../../src/client/state.ts?raw';

/** Inside of code, as the start of a word: `history(tokenId, ...)` names history. */
const isNamed = (name: string): boolean => new RegExp(`\`[^\`]*\\b${name}\\b[^\`]*\``).test(documentation);

const between = (text: string, start: string, end: string): string => text.slice(text.indexOf(start), text.indexOf(end, text.indexOf(start)));
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((found) => found[1] ?? '');

const exported = all(face, /export (?:type )?\{([^}]+)\}/g).flatMap((list) => list.split(',').map((name) => name.replace('type ', '').trim()));
const methods = all(between(client, 'export class OdinClient', 'private open'), /^ {2}(?:async |get )?(\w+)(?:<[^>]*>)?\(/gm);
const events = all(between(states, 'export interface ClientEvents', '\n}'), /^ {2}(\w+):/gm);

describe('docs/client-library.md', () => {
  it('is compared with what is there', () => {
    expect(exported).toContain('OdinClient');
    expect(methods).toContain('wake');
    expect(events).toContain('hole');
  });

  it.each([...exported, ...methods, ...events].filter((name) => name !== 'constructor'))('names %s', (name) => {
    expect(isNamed(name)).toBe(true);
  });
});
