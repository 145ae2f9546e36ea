// Numbers as people read them. Pure.

export const NOTHING = '–';
const MINUS = '\u2212';
const NARROW_SPACE = '\u202f';

const SIGNIFICANT_DIGITS = 5;
const DECIMALS_MIN = 2;
const DECIMALS_MAX = 10;
/** Below this, five digits do not fit behind the point any more. */
const TINY = 1e-6;

const formatters = new Map<number, Intl.NumberFormat>();
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** Five significant digits, never fewer than two decimals: 64,218.42 and 0.0025134. */
export function decimalsOf(price: number): number {
  if (!(price > 0)) return DECIMALS_MIN;
  const decimals = SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(price));
  return Math.min(Math.max(decimals, DECIMALS_MIN), DECIMALS_MAX);
}

/** Keeps a row's digits until they are two too many, so that a price around 100 does not change width at every tick. */
export function steadyDecimals(price: number, before: number | undefined): number {
  const wanted = decimalsOf(price);
  return before === undefined || wanted > before || before - wanted >= 2 ? wanted : before;
}

export function formatPrice(price: number, decimals = decimalsOf(price)): string {
  return price > 0 && price < TINY ? price.toExponential(SIGNIFICANT_DIGITS - 1) : grouped(price, decimals);
}

export function formatVolume(volume: number): string {
  const units = ['', 'K', 'M', 'B', 'T'] as const;
  let scaled = volume;
  let unit = 0;
  // 999.95 would be printed as 1,000.0: that belongs to the next unit.
  while (Math.abs(scaled) >= 999.95 && unit < units.length - 1) {
    scaled /= 1_000;
    unit += 1;
  }
  return unit === 0 ? grouped(scaled, 1) : `${grouped(scaled, 1)}${NARROW_SPACE}${units[unit] ?? ''}`;
}

export type Direction = 'up' | 'down' | 'flat';

export const ARROWS: Readonly<Record<Direction, string>> = { up: '▲', down: '▼', flat: '' };

/** Judged on what is printed: 0.001% is printed as 0.00% and is neither up nor down. */
export function directionOf(percent: number): Direction {
  const shown = Math.round(percent * 100);
  if (shown === 0) return 'flat';
  return shown > 0 ? 'up' : 'down';
}

/** With its sign, so that colour is never the only witness. */
export function formatChange(percent: number): string {
  const sign = { up: '+', down: MINUS, flat: '' }[directionOf(percent)];
  return `${sign}${grouped(Math.abs(percent), 2)}%`;
}

export function formatAge(ms: number): string {
  // Always rounded down, so that an age never seems to step back.
  const seconds = Math.floor(Math.max(0, ms) / 100) / 10;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)} h` : `${grouped(Math.floor(seconds / 86_400), 0)} d`;
}

export function formatLatency(ms: number | undefined): string {
  if (ms === undefined) return NOTHING;
  if (ms >= 9_995) return `${grouped(ms / 1_000, 1)} s`;
  return ms < 99.95 ? `${ms.toFixed(1)} ms` : `${grouped(ms, 0)} ms`;
}

export function formatRate(perSecond: number): string {
  return `${grouped(perSecond, perSecond < 99.95 ? 1 : 0)} /s`;
}

export function formatCount(count: number): string {
  return grouped(count, 0);
}

/** Local time of day, of seconds since 1970. */
export function formatClock(seconds: number): string {
  return clock.format(seconds * 1_000);
}

export function formatDay(seconds: number): string {
  return day.format(seconds * 1_000);
}

function grouped(value: number, decimals: number): string {
  let formatter = formatters.get(decimals);
  if (!formatter) {
    formatter = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    formatters.set(decimals, formatter);
  }
  return formatter.format(value);
}
