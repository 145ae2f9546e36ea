import { describe, expect, it } from 'vitest';
import type { PriceUpdate, UpdateOrigin } from '../../src/client/index.ts';
import { ROWS_MAX, TokenBook, type TokenRow } from '../../src/page/tokenbook.ts';
import { priceUpdate } from '../support/fakeserver.ts';

const put = (book: TokenBook, more: Partial<PriceUpdate>, origin: UpdateOrigin = 'live', now = 0): void =>
  book.update({ update: priceUpdate(1, 0, more), origin, deliveryMs: undefined }, now);

const rowOf = (book: TokenBook, tokenId: string): TokenRow | undefined => [...book.all()].find((row) => row.tokenId === tokenId);

describe('TokenBook', () => {
  it('keeps rows in the order of their first appearance', () => {
    const book = new TokenBook();
    book.announce(['SOL', 'BTC']);
    put(book, { tokenId: 'ADA' });
    put(book, { tokenId: 'BTC' });
    expect([...book.all()].map((row) => row.tokenId)).toEqual(['SOL', 'BTC', 'ADA']);
  });

  it('hands out each change once', () => {
    const book = new TokenBook();
    put(book, { tokenId: 'BTC' });
    put(book, { tokenId: 'BTC' });
    expect(book.takeChanged().map((row) => row.tokenId)).toEqual(['BTC']);
    expect(book.takeChanged()).toEqual([]);
    book.volume({ type: 'volume:update', tokenId: 'BTC', volume24h: 77, timestamp: 1 });
    expect(book.takeChanged().map((row) => row.volume)).toEqual([77]);
  });

  it('notes a move only when a live price differs', () => {
    const book = new TokenBook();
    put(book, { price: 10 }, 'live', 1);
    expect(rowOf(book, 'BTC')?.move).toBeUndefined();
    put(book, { price: 11 }, 'live', 2);
    expect(rowOf(book, 'BTC')).toMatchObject({ move: 'up', movedAt: 2 });
    put(book, { price: 11 }, 'live', 3);
    put(book, { price: 9 }, 'snapshot', 4);
    expect(rowOf(book, 'BTC')).toMatchObject({ price: 9, move: 'up', movedAt: 2 });
    put(book, { price: 8 }, 'live', 5);
    expect(rowOf(book, 'BTC')).toMatchObject({ move: 'down', movedAt: 5 });
  });

  it('is stale until it is told otherwise', () => {
    const book = new TokenBook();
    put(book, {});
    book.takeChanged();
    for (const stale of [true, false]) {
      book.stale('BTC', stale);
      expect(book.takeChanged().map((row) => row.stale)).toEqual([stale]);
    }
  });

  it('knows the latest update of a token, also when it was a snapshot', () => {
    const book = new TokenBook();
    book.announce(['ETH']);
    put(book, { price: 10, nonce: 'a' });
    put(book, { price: 11, nonce: 'b' }, 'snapshot');
    expect([book.find('BTC')?.latest?.nonce, book.find('ETH')?.latest, book.find('DOGE')]).toEqual(['b', undefined, undefined]);
  });

  it('stays bounded, and its rows stay alive', () => {
    const book = new TokenBook();
    book.announce(Array.from({ length: ROWS_MAX + 10 }, (_, i) => `T${i}`));
    put(book, { tokenId: 'more' });
    put(book, { tokenId: 'T0', price: 5 });
    expect(book.size).toBe(ROWS_MAX);
    expect(rowOf(book, 'T0')?.price).toBe(5);
  });
});
