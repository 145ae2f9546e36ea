import { describe, expect, it } from 'vitest';
import { CLOSE_CODES, closeRule, type Reaction } from '../../src/client/closecodes.ts';
import source from '../../src/client/closecodes.ts?raw';

const codesWith = (reaction: Reaction): number[] =>
  Object.entries(CLOSE_CODES).filter(([, rule]) => rule.reaction === reaction).map(([code]) => Number(code));

describe('CLOSE_CODES', () => {
  it('is the table of the wire contract', () => {
    expect(codesWith('stop')).toEqual([1002, 1009, 4000, 4001, 4003, 4004, 4006, 4008, 4009]);
    expect(codesWith('backoff')).toEqual([4100, 4101, 4102, 4103]);
    expect(codesWith('reconnect')).toEqual([4200, 4201, 4203]);
  });

  it('can be read line by line, as the comparison with the server does', () => {
    const rows = [...source.matchAll(/^ {2}(\d{4}): \{ name: '([^']+)', reaction: '(\w+)', reason: '[^']+' \},$/gm)];
    expect(rows.map((row) => [Number(row[1]), row[2], row[3]])).toEqual(
      Object.entries(CLOSE_CODES).map(([code, rule]) => [Number(code), rule.name, rule.reaction]),
    );
  });
});

describe('closeRule', () => {
  it.each([[1000], [1001], [1005], [1006], [1011], [1012], [3000], [4300]])('takes %i for a lost connection', (code) => {
    expect(closeRule(code).reaction).toBe('backoff');
    expect(closeRule(code).reason).toBe(code === 1006 ? 'Connection lost' : `Connection closed with code ${code}`);
  });

  it.each([[4099, 'stop'], [4199, 'backoff'], [4299, 'reconnect']])('judges the unknown %i by its hundred', (code, reaction) => {
    expect(closeRule(code).reaction).toBe(reaction);
  });
});
