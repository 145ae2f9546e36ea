// Between the client and its connections: what outlives a connection, and what a connection tells its owner.

import type { ServerClock } from './clock.ts';
import type { CloseRule } from './closecodes.ts';
import type { Emitter } from './emitter.ts';
import type { Environment } from './environment.ts';
import type { FeedInbox } from './inbox.ts';
import type { History } from './messages.ts';
import type { PendingRequests } from './requests.ts';
import type { ResumePoint } from './resume.ts';
import type { StaleFeeds } from './stale.ts';
import type { ClientEvents, ClientState, Counters } from './state.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { TokenProvider } from './tokens.ts';

/** What outlives a connection. */
export interface Shared {
  readonly env: Environment;
  readonly events: Emitter<ClientEvents>;
  readonly counters: Counters;
  readonly clock: ServerClock;
  readonly resume: ResumePoint;
  readonly subscriptions: Subscriptions;
  readonly stale: StaleFeeds;
  readonly inbox: FeedInbox;
  readonly histories: PendingRequests<History>;
  readonly tokens: TokenProvider | undefined;
  /** A connection that was lost longer ago is not resumed. */
  readonly resumeMsMax: number;
  nextId(): number;
}

export interface SessionEnd {
  code: number;
  rule: CloseRule;
  /** How long it was usable; undefined if it was never welcomed. */
  healthMs: number | undefined;
  retryAfterMs: number;
}

export interface SessionOwner {
  stateIs(state: ClientState): void;
  ended(end: SessionEnd): void;
}
