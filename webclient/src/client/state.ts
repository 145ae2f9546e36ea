// The states of a client, what it counts and what it tells.

import type {
  ConnectionStatus, Drain, FeedLive, FeedStale, MarketStatistics, PriceUpdate, ServerError, Subscribed, Unsubscribed,
  VolumeUpdate, Welcome,
} from './messages.ts';

/**
 * idle: not wanted. connecting: socket opening, or open and not yet welcomed. live: prices flow.
 * degraded: connected, but the gateway has lost its own source. reconnecting: waiting for the next try.
 * stopped: closed for a reason that a retry would not cure.
 */
export type ClientState =
  | { readonly name: 'idle' }
  | { readonly name: 'connecting' }
  | { readonly name: 'live' }
  | { readonly name: 'degraded'; readonly reason: string }
  | { readonly name: 'reconnecting'; readonly reason: string; readonly delayMs: number }
  | { readonly name: 'stopped'; readonly code: number; readonly reason: string };

export type StateName = ClientState['name'];

/** Totals since the client was made. */
export interface Counters {
  updates: number;
  duplicates: number;
  late: number;
  /** Updates missing without a word from the server. */
  holes: number;
  /** Times that the server said it could not go on from where we were. */
  gaps: number;
  /** Updates that the server replaced by newer ones on purpose. */
  conflated: number;
  badMessages: number;
  unknownMessages: number;
  connections: number;
}

export function zeroCounters(): Counters {
  return {
    updates: 0, duplicates: 0, late: 0, holes: 0, gaps: 0, conflated: 0, badMessages: 0, unknownMessages: 0, connections: 0,
  };
}

/** live: as it happens. snapshot: the state at the time of subscribing. resumed: missed while away, and sent again. */
export type UpdateOrigin = 'live' | 'snapshot' | 'resumed';

export interface UpdateEvent {
  update: PriceUpdate;
  origin: UpdateOrigin;
  /** Publisher to here in ms, with the clock offset taken out; only for live updates, once the offset is known. */
  deliveryMs: number | undefined;
}

export interface HoleEvent {
  tokenId: string;
  /** The last sequence seen of the token. */
  last: number;
  /** The update that told it. */
  update: PriceUpdate;
}

export interface ClientEvents {
  state: ClientState;
  welcome: Welcome;
  subscribed: Subscribed;
  unsubscribed: Unsubscribed;
  update: UpdateEvent;
  volume: VolumeUpdate;
  market: MarketStatistics;
  status: ConnectionStatus;
  feed: FeedStale | FeedLive;
  /** The token became stale or live again; ask `staleFeed` which. */
  stale: string;
  roundTrip: number;
  hole: HoleEvent;
  /** After a reconnect: whether everything missed comes, once and in order, or not. */
  resumed: boolean;
  drain: Drain;
  serverError: ServerError;
  badMessage: string;
}
