import { describe, expect, it } from 'vitest';
import type { HistoryRequest, PriceUpdate } from '../../src/client/index.ts';
import { TokenBook } from '../../src/page/tokenbook.ts';
import { TREND_POINTS_MAX } from '../../src/page/trend.ts';
import { FILLED_ROWS_MAX, TrendFill } from '../../src/page/trendfill.ts';
import { priceUpdate } from '../support/fakeserver.ts';

/** A book of tokens that have a price of second 100, and a history of seconds 98 and 99 for each. */
function made(tokens: number, refuse: (tokenId: string) => boolean = () => false) {
  const book = new TokenBook();
  const asked: string[] = [];
  const history = (tokenId: string, { limit }: HistoryRequest = {}): Promise<PriceUpdate[]> => {
    asked.push(`${tokenId} ${String(limit)}`);
    if (refuse(tokenId)) return Promise.reject(new Error('no'));
    return Promise.resolve([98, 99].map((second) => priceUpdate(second, 0, { tokenId, timestamp: second * 1_000, price: second })));
  };
  const see = (tokenId: string): void => book.update({ update: priceUpdate(100, 99, { tokenId, timestamp: 100_000, price: 100 }), origin: 'snapshot', deliveryMs: undefined }, 0);
  for (let i = 0; i < tokens; i += 1) see(`T${i}`);
  return { book, asked, see, fill: new TrendFill({ history }, book) };
}

const prices = (book: TokenBook, tokenId: string): readonly number[] | undefined => book.find(tokenId)?.trend.prices;

describe('TrendFill', () => {
  it('puts the past before what is known, once for each token', async () => {
    const { book, asked, fill } = made(2);
    await fill.start();
    await fill.start();
    expect(asked).toEqual([`T0 ${TREND_POINTS_MAX}`, `T1 ${TREND_POINTS_MAX}`]);
    expect(prices(book, 'T1')).toEqual([98, 99, 100]);
    expect(book.takeChanged()).toHaveLength(2);
  });

  it('takes rows that come while it works', async () => {
    const { asked, see, fill } = made(1);
    const working = fill.start();
    see('LATER');
    void fill.start();
    await working;
    expect(asked.map((text) => text.split(' ')[0])).toEqual(['T0', 'LATER']);
  });

  it('leaves tokens alone that have no price yet', async () => {
    const { book, asked, fill } = made(0);
    book.announce(['QUIET']);
    await fill.start();
    expect(asked).toEqual([]);
  });

  it('asks for no more than a screen shows', async () => {
    const { asked, fill } = made(FILLED_ROWS_MAX + 10);
    await fill.start();
    expect(asked).toHaveLength(FILLED_ROWS_MAX);
  });

  it('stops where the gateway has no history to give, and goes on with the next connection', async () => {
    const { book, asked, fill } = made(3, (tokenId) => tokenId === 'T1');
    await fill.start();
    expect(asked).toHaveLength(2);
    await fill.start();
    expect(asked).toHaveLength(3);
    expect(prices(book, 'T1')).toEqual([100]);
    expect(prices(book, 'T2')).toEqual([98, 99, 100]);
  });
});
