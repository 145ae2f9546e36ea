import { expect, test } from 'vitest';
import { DrawQueue, SEEN_EVERY_MS, UNSEEN_EVERY_MS } from '../../src/page/drawqueue.ts';

const [btc, eth] = [{ name: 'BTC' }, { name: 'ETH' }];
const seen = (): boolean => true;
const unseen = (): boolean => false;

test('a row is drawn at once, and only once', () => {
  const queue = new DrawQueue<object>();
  queue.add([btc, btc]);
  expect(queue.take(0, seen)).toEqual([btc]);
  expect(queue.take(10_000, seen)).toEqual([]);
});

test('a row that changes all the time is drawn at its own pace, with nothing forgotten', () => {
  const queue = new DrawQueue<object>();
  let drawn = 0;
  for (let now = 0; now <= 10 * SEEN_EVERY_MS; now += 10) {
    queue.add([btc]);
    drawn += queue.take(now, seen).length;
  }
  expect(drawn).toBe(11);
  queue.add([btc]);
  expect(queue.take(10 * SEEN_EVERY_MS + 1, seen)).toEqual([]);
  expect(queue.take(11 * SEEN_EVERY_MS, seen)).toEqual([btc]);
});

test('a busy row does not hold up another', () => {
  const queue = new DrawQueue<object>();
  queue.add([btc]);
  queue.take(0, seen);
  queue.add([btc, eth]);
  expect(queue.take(1, seen)).toEqual([eth]);
});

test('rows come in the order in which they changed', () => {
  const queue = new DrawQueue<object>();
  queue.add([eth]);
  queue.add([btc, eth]);
  expect(queue.take(0, seen)).toEqual([eth, btc]);
});

test('a row out of sight waits longer, and is drawn when it comes into sight', () => {
  const queue = new DrawQueue<object>();
  queue.add([btc]);
  expect(queue.take(0, unseen)).toEqual([btc]);
  queue.add([btc]);
  expect(queue.take(UNSEEN_EVERY_MS - 1, unseen)).toEqual([]);
  expect(queue.take(UNSEEN_EVERY_MS - 1, seen)).toEqual([btc]);
  queue.add([btc]);
  expect(queue.take(2 * UNSEEN_EVERY_MS, unseen)).toEqual([btc]);
});
