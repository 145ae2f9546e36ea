import { describe, expect, it } from 'vitest';
import { parseServerMessage } from '../../src/client/parse.ts';
import { priceUpdate } from '../support/fakeserver.ts';

const kindOf = (data: unknown): string => parseServerMessage(data).kind;
const changed = (fields: Record<string, unknown>): string => JSON.stringify({ ...priceUpdate(2, 1), ...fields });

describe('parseServerMessage', () => {
  it('lets a good message and its unknown fields through', () => {
    const parsed = parseServerMessage(changed({ venue: 'x' }));
    expect(parsed).toEqual({ kind: 'message', message: { ...priceUpdate(2, 1), venue: 'x' } });
  });

  it.each([['{'], [''], ['null'], ['[]'], ['7'], ['{}'], ['{"type":7}'], [new ArrayBuffer(4)], [undefined]])('calls %s bad', (data) => {
    expect(kindOf(data)).toBe('bad');
  });

  it.each([['future:thing'], ['constructor'], ['__proto__'], ['toString']])('does not know the type %s', (type) => {
    expect(kindOf(JSON.stringify({ type }))).toBe('unknown');
  });

  it.each([
    [{ tokenId: 7 }], [{ price: '7' }], [{ price: null }], [{ timestamp: 'now' }], [{ seq: 1.5 }], [{ seq: -1 }],
    [{ seq: undefined }], [{ prev: undefined }], [{ conflated: 'many' }], [{ volume24h: undefined }],
  ])('refuses a price with %o', (fields) => {
    expect(kindOf(changed(fields))).toBe('bad');
  });

  it('refuses a number that JSON can write and a double cannot hold', () => {
    expect(kindOf(changed({}).replace('"price":102', '"price":1e999'))).toBe('bad');
  });

  it('refuses a snapshot with one broken update', () => {
    expect(kindOf(JSON.stringify({ type: 'price:snapshot', updates: [priceUpdate(1, 0), {}] }))).toBe('bad');
    expect(kindOf(JSON.stringify({ type: 'price:snapshot', updates: [priceUpdate(1, 0)] }))).toBe('message');
  });
});
