// Every message of the wire contract (WebSocket, subprotocol odin.v1.json), as types only.
// Times are milliseconds since 1970 on the clock of whoever wrote them; `seq` is the stream sequence.

export type Channel = 'price' | 'volume' | 'market';
export type DeliveryMode = 'auto' | 'stream' | 'latest';
export type UpstreamStatus = 'connected' | 'reconnecting' | 'error';

/** Where a client was in the stream when it lost its connection. */
export interface ResumePosition {
  epoch: string;
  seq: number;
}

// ---- server to client ----

export interface Welcome {
  type: 'welcome';
  sessionId: string;
  node: string;
  version: string;
  epoch: string;
  serverTime: number;
  heartbeatMs: number;
  simulated: boolean;
  durability: 'jetstream' | 'none';
  tokens: string[];
  limits: Record<string, unknown>;
  /** When the access token ends, where one is needed. */
  authExpires?: number;
}

/** What the server granted, which may be less than what was asked for. */
export interface Subscribed {
  type: 'subscribed';
  id?: number;
  tokens: string[];
  channels: Channel[];
  mode: DeliveryMode;
  maxHz?: number;
  recovered?: boolean;
  seq?: number;
}

/** A resumed subscription has everything up to `seq`: what comes now is live. */
export interface Resumed {
  type: 'resumed';
  id?: number;
  seq: number;
}

export interface Unsubscribed extends Omit<Subscribed, 'type'> {
  type: 'unsubscribed';
}

export interface PriceUpdate {
  type: 'price:update';
  tokenId: string;
  price: number;
  volume24h: number;
  priceChange24h: number;
  timestamp: number;
  source: 'trade' | 'scheduler';
  nonce: string;
  seq: number;
  /** Sequence of the token's message before this one; 0 = none known. */
  prev: number;
  /** How many of the token's updates this one replaced; absent = none. */
  conflated?: number;
}

export interface PriceSnapshot {
  type: 'price:snapshot';
  updates: PriceUpdate[];
}

export interface VolumeUpdate {
  type: 'volume:update';
  tokenId: string;
  volume24h: number;
  timestamp: number;
  seq?: number;
}

export interface MarketStatistics {
  type: 'market:statistics';
  seq?: number;
  readonly [field: string]: unknown;
}

export interface ConnectionStatus {
  type: 'connection:status';
  status: UpstreamStatus;
  connectedClients: number;
  latency: number;
}

export interface FeedStale {
  type: 'feed:stale';
  tokenId: string;
  ageMs: number;
  expectedMs: number;
}

export interface FeedLive extends Omit<FeedStale, 'type'> {
  type: 'feed:live';
}

export interface Pong {
  type: 'pong';
  id?: number;
  clientTime: number;
  serverTime: number;
}

/** Past updates of one token, oldest first. */
export interface History {
  type: 'history';
  id?: number;
  tokenId: string;
  updates: PriceUpdate[];
}

export interface Drain {
  type: 'drain';
  retryAfterMs: number;
}

export interface ServerError {
  type: 'error';
  id?: number;
  code: number;
  reason: string;
  retryable: boolean;
}

export type ServerMessage =
  | Welcome
  | Subscribed
  | Resumed
  | Unsubscribed
  | PriceUpdate
  | PriceSnapshot
  | VolumeUpdate
  | MarketStatistics
  | ConnectionStatus
  | FeedStale
  | FeedLive
  | Pong
  | History
  | Drain
  | ServerError;

export type ServerMessageType = ServerMessage['type'];
export type ServerMessageOf<T extends ServerMessageType> = Extract<ServerMessage, { type: T }>;

/** Error codes that the client itself reacts to. */
export const ERROR_TOKEN_EXPIRED = 109;
export const ERROR_NOT_RESUMABLE = 112;

// ---- client to server ----

/** What an application asks for. `['*']` means every token. */
export interface SubscriptionRequest {
  tokens: readonly string[];
  channels?: readonly Channel[];
  /**
   * auto: everything, thinned only while this client is slow. stream: never thinned, a client that is too slow is cut
   * and resumes. latest: the newest of each token, at most `maxHz` times a second.
   */
  mode?: DeliveryMode;
  maxHz?: number;
}

/** How much of the past is wanted. */
export interface HistoryRequest {
  /** At most this many updates, the newest ones; 1 to HISTORY_LIMIT_MAX, which is what it is without a number. */
  limit?: number;
  /** None older than this (ms since 1970, publishers' clock). */
  since?: number;
}

export const HISTORY_LIMIT_MAX = 1_000;

export type ClientCommand =
  | { type: 'auth'; id?: number; token: string }
  | ({ type: 'subscribe'; id?: number; resume?: ResumePosition } & SubscriptionRequest)
  | { type: 'unsubscribe'; id?: number; tokens: readonly string[] }
  | { type: 'history'; id?: number; tokenId: string; limit: number; since?: number }
  | { type: 'ping'; id?: number; clientTime: number };
