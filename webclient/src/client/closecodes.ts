// The numbered reasons for which a connection is closed, and what a client does about each.
// A test outside this folder reads this table line by line and compares it with the server's: one row per line.

/**
 * stop: final, say so and wait for a person.
 * backoff: try again with full-jitter back-off.
 * reconnect: try again at once with a small jitter, and resume.
 */
export type Reaction = 'stop' | 'backoff' | 'reconnect';

export interface CloseRule {
  name: string;
  reaction: Reaction;
  /** What a person is told. */
  reason: string;
}

export const CLOSE_CODES: Readonly<Record<number, CloseRule>> = {
  1002: { name: 'protocol error', reaction: 'stop', reason: 'This connection did not keep to the WebSocket protocol' },
  1009: { name: 'message too big', reaction: 'stop', reason: 'The page sent a message that was too big' },
  4000: { name: 'bad request', reaction: 'stop', reason: 'The gateway did not understand the request' },
  4001: { name: 'invalid token', reaction: 'stop', reason: 'The access token is not valid' },
  4003: { name: 'permission denied', reaction: 'stop', reason: 'Permission denied' },
  4004: { name: 'too many connections of this user', reaction: 'stop', reason: 'Too many connections of this user' },
  4006: { name: 'closed by operator', reaction: 'stop', reason: 'Closed by the operator' },
  4008: { name: 'no auth in time', reaction: 'stop', reason: 'No access token was sent in time' },
  4009: { name: 'too many errors', reaction: 'stop', reason: 'Too many errors on this connection' },
  4100: { name: 'over capacity', reaction: 'backoff', reason: 'The gateway is full' },
  4101: { name: 'too slow', reaction: 'backoff', reason: 'This connection was too slow for the prices' },
  4102: { name: 'too many requests', reaction: 'backoff', reason: 'Too many requests' },
  4103: { name: 'server error', reaction: 'backoff', reason: 'The gateway had an error' },
  4200: { name: 'shutdown or drain', reaction: 'reconnect', reason: 'The gateway is restarting' },
  4201: { name: 'no pong', reaction: 'reconnect', reason: 'The connection went silent' },
  4203: { name: 'token expired', reaction: 'reconnect', reason: 'The access token expired' },
};

/**
 * The rule for any code, known or not. Codes of a newer server follow the hundred that they stand in (40xx final,
 * 41xx back off, 42xx reconnect); every other code, 1006 above all, is a lost connection.
 */
export function closeRule(code: number): CloseRule {
  return CLOSE_CODES[code] ?? { name: `code ${code}`, reaction: reactionOfRange(code), reason: unknownReason(code) };
}

/** 1006 only says that the connection broke without a word: the number would tell a person nothing. */
function unknownReason(code: number): string {
  return code === 1006 ? 'Connection lost' : `Connection closed with code ${code}`;
}

function reactionOfRange(code: number): Reaction {
  const hundred = Math.floor(code / 100);
  if (hundred === 40) return 'stop';
  return hundred === 42 ? 'reconnect' : 'backoff';
}
