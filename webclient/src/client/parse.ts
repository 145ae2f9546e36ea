// Text from the wire -> message. Checks the fields that the library and a page rely on, and never throws.

import type { ServerMessage, ServerMessageType } from './messages.ts';

export type Parsed =
  | { kind: 'message'; message: ServerMessage }
  | { kind: 'unknown' }
  | { kind: 'bad'; reason: string };

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const number: Check = (value) => Number.isFinite(value);
const sequence: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const texts: Check = (value) => Array.isArray(value) && value.every(text);
const optional = (check: Check): Check => (value) => value === undefined || check(value);
const listOf = (shape: Shape): Check => (value) => Array.isArray(value) && value.every((item) => matches(item, shape));

const PRICE: Shape = {
  tokenId: text, price: number, volume24h: number, priceChange24h: number, timestamp: number,
  seq: sequence, prev: sequence, conflated: optional(sequence),
};
const FEED: Shape = { tokenId: text, ageMs: number, expectedMs: number };

const SHAPES: Readonly<Record<ServerMessageType, Shape>> = {
  welcome: { epoch: text, serverTime: number, heartbeatMs: number, simulated: flag, tokens: texts, authExpires: optional(number) },
  subscribed: { tokens: texts, recovered: optional(flag) },
  resumed: { seq: number },
  unsubscribed: { tokens: texts },
  'price:update': PRICE,
  'price:snapshot': { updates: listOf(PRICE) },
  'volume:update': { tokenId: text, volume24h: number, timestamp: number, seq: optional(sequence) },
  'market:statistics': { seq: optional(sequence) },
  'connection:status': { status: text, connectedClients: number, latency: number },
  'feed:stale': FEED,
  'feed:live': FEED,
  pong: { serverTime: number },
  history: { tokenId: text, updates: listOf(PRICE) },
  drain: { retryAfterMs: number },
  error: { code: number, reason: text },
};

export function parseServerMessage(data: unknown): Parsed {
  const fields = parseObject(data);
  if (!fields) return { kind: 'bad', reason: 'not a JSON object' };
  const type = fields['type'];
  if (typeof type !== 'string') return { kind: 'bad', reason: 'no type' };
  if (!isKnown(type)) return { kind: 'unknown' };
  if (!matches(fields, SHAPES[type])) return { kind: 'bad', reason: `fields of ${type}` };
  return { kind: 'message', message: fields as unknown as ServerMessage };
}

function parseObject(data: unknown): Fields | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own keys only: a message of type "constructor" is an unknown one. */
function isKnown(type: string): type is ServerMessageType {
  return Object.hasOwn(SHAPES, type);
}

function matches(value: unknown, shape: Shape): boolean {
  return isObject(value) && Object.entries(shape).every(([name, check]) => check(value[name]));
}
