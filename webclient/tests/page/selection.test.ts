import { describe, expect, it } from 'vitest';
import { hashOf, tokenOfHash } from '../../src/page/selection.ts';

describe('the token in the address', () => {
  it.each(['BTC', 'a-b_9', 'x'.repeat(32)])('is read as it was written: %s', (tokenId) => {
    expect(tokenOfHash(hashOf(tokenId))).toBe(tokenId);
  });

  it.each(['', '#', '#%', '#a b', `#${'x'.repeat(33)}`, '#<img>', hashOf('<img src=x>')])('is none when it cannot be one: %s', (hash) => {
    expect(tokenOfHash(hash)).toBeUndefined();
  });
});
