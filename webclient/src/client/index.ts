// The public face of the client library. It knows neither DOM nor framework.

export { OdinClient, type ClientOptions } from './client.ts';
export { CLOSE_CODES, closeRule, type CloseRule, type Reaction } from './closecodes.ts';
export type { Environment, SocketConstructor, SocketLike } from './environment.ts';
export { HISTORY_LIMIT_MAX } from './messages.ts';
export type * from './messages.ts';
export { RequestError } from './requests.ts';
export type { StaleFeed } from './stale.ts';
export type { ClientEvents, ClientState, Counters, HoleEvent, StateName, UpdateEvent, UpdateOrigin } from './state.ts';
export { LatencyWindow, RateMeter } from './stats.ts';
export type { TokenNeed, TokenProvider } from './tokens.ts';
