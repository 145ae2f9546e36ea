import { describe, expect, it } from 'vitest';
import {
  directionOf, formatAge, formatChange, formatClock, formatDay, formatLatency, formatPrice, formatRate, formatVolume, steadyDecimals,
} from '../../src/page/format.ts';

describe('formatPrice', () => {
  it.each([
    [64_218.42, '64,218.42'], [3_142.07, '3,142.07'], [151.88, '151.88'], [27.914, '27.914'], [5.992, '5.9920'],
    [0.4471, '0.44710'], [0.0025134, '0.0025134'], [1_234_567.891, '1,234,567.89'], [0, '0.00'], [1.5e-8, '1.5000e-8'],
  ])('%d is %s', (price, text) => expect(formatPrice(price)).toBe(text));

  it('does not change its digits while a price swings around a power of ten', () => {
    expect(steadyDecimals(100.1, steadyDecimals(99.9, undefined))).toBe(3);
    expect(steadyDecimals(99.9, 2)).toBe(3);
    expect(steadyDecimals(5_000, 4)).toBe(2);
  });
});

describe('formatVolume', () => {
  it.each([
    [0, '0.0'], [12, '12.0'], [999.94, '999.9'], [999.96, '1.0\u202fK'], [213_200_000, '213.2\u202fM'],
    [999_960_000, '1.0\u202fB'], [5e15, '5,000.0\u202fT'],
  ])('%d is %s', (volume, text) => expect(formatVolume(volume)).toBe(text));
});

describe('formatChange', () => {
  it.each([[1.82, '+1.82%', 'up'], [-0.64, '\u22120.64%', 'down'], [0, '0.00%', 'flat'], [-0.001, '0.00%', 'flat'], [1234.5, '+1,234.50%', 'up']] as const)(
    '%d is %s',
    (percent, text, direction) => {
      expect(formatChange(percent)).toBe(text);
      expect(directionOf(percent)).toBe(direction);
    },
  );
});

describe('formatAge', () => {
  it.each([
    [-5, '0.0 s'], [1_340, '1.3 s'], [9_999, '9.9 s'], [10_000, '10 s'], [59_999, '59 s'], [60_000, '1 min'],
    [3_600_000, '1 h'], [90_000_000, '1 d'],
  ])('%d ms is %s', (ms, text) => expect(formatAge(ms)).toBe(text));
});

describe('meters', () => {
  it.each([[undefined, '–'], [0.94, '0.9 ms'], [99.96, '100 ms'], [1_234, '1,234 ms'], [12_340, '12.3 s']])('latency %d is %s', (ms, text) =>
    expect(formatLatency(ms)).toBe(text),
  );

  it.each([[0, '0.0 /s'], [3.44, '3.4 /s'], [99.96, '100 /s'], [12_345.6, '12,346 /s']])('rate %d is %s', (rate, text) =>
    expect(formatRate(rate)).toBe(text),
  );
});

it('tells the time of the place where the page is read', () => {
  const noon = new Date(2026, 10, 3, 12, 4, 5).getTime() / 1_000;
  expect([formatClock(noon), formatDay(noon)]).toEqual(['12:04:05', '3 Nov']);
});
