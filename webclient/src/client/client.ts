// The client: which state it is in, and when to open the next connection.

import { Backoff } from './backoff.ts';
import { ServerClock } from './clock.ts';
import { Emitter, type Listener } from './emitter.ts';
import { hostEnvironment, type Environment } from './environment.ts';
import { FeedInbox } from './inbox.ts';
import { HISTORY_LIMIT_MAX } from './messages.ts';
import type { ClientCommand, History, HistoryRequest, PriceUpdate, SubscriptionRequest } from './messages.ts';
import { offeredProtocols } from './protocols.ts';
import { PendingRequests } from './requests.ts';
import { ResumePoint } from './resume.ts';
import { Session } from './session.ts';
import type { SessionEnd, SessionOwner, Shared } from './shared.ts';
import { StaleFeeds, type StaleFeed } from './stale.ts';
import { zeroCounters, type ClientEvents, type ClientState, type Counters } from './state.ts';
import { Subscriptions } from './subscriptions.ts';
import type { TokenNeed, TokenProvider } from './tokens.ts';

export interface ClientOptions {
  /** Absolute ws:// or wss:// address. */
  url: string;
  /**
   * Where the gateway wants an access token: asked for each connection, and again ("renew") before the one in use
   * expires and after the gateway said that it has.
   */
  token?: TokenProvider;
  /** A connection that was lost longer ago than this is not resumed: a snapshot tells the present. Default: no limit. */
  resumeMsMax?: number;
  /** Replacements for the host's WebSocket, timers, random numbers and clock. Node before 22 needs a WebSocket. */
  environment?: Partial<Environment>;
}

/** The gateway may have to read the stream for it. */
export const HISTORY_DEADLINE_MS = 15_000;
/** For a token provider that works asynchronously. */
export const TOKEN_DEADLINE_MS = 15_000;
const TOKEN_EXPIRED = 4203;

export class OdinClient {
  private readonly options: ClientOptions;
  private readonly shared: Shared;
  private readonly backoff: Backoff;
  private current: ClientState = { name: 'idle' };
  private session: Session | undefined;
  private retryTimer: unknown;
  private retryAt = 0;
  /** Number of the newest try: a token that comes for an older one is not wanted any more. */
  private tries = 0;
  private tokenNeed: TokenNeed = 'connect';

  constructor(options: ClientOptions) {
    this.options = options;
    this.shared = makeShared(hostEnvironment(options.environment), options);
    this.backoff = new Backoff(this.shared.env.random);
  }

  get state(): ClientState {
    return this.current;
  }

  get counters(): Readonly<Counters> {
    return this.shared.counters;
  }

  /** Time until the next try; 0 when none is waiting. */
  get retryInMs(): number {
    return this.retryTimer === undefined ? 0 : Math.max(0, this.retryAt - this.shared.env.now());
  }

  /** Now, on the server's clock as far as it is known. */
  serverNow(): number {
    return this.shared.env.now() + this.shared.clock.roughOffsetMs;
  }

  /** Delivery latency in ms, for quantiles in [0, 1]; undefined while there is none. */
  deliveryQuantiles(...wanted: number[]): (number | undefined)[] {
    return this.shared.inbox.deliveryQuantiles(wanted);
  }

  on<K extends keyof ClientEvents>(name: K, listener: Listener<ClientEvents[K]>): () => void {
    return this.shared.events.on(name, listener);
  }

  connect(): void {
    if (this.current.name !== 'idle' && this.current.name !== 'stopped') return;
    this.backoff.reset();
    this.open();
  }

  /** Subscriptions and the place in the stream are kept for the next connect(). */
  disconnect(): void {
    this.cancelRetry();
    this.nextTry();
    this.session?.close();
    this.session = undefined;
    this.setState({ name: 'idle' });
  }

  /** Ends the waiting of a countdown; a no-op in any other state. */
  retryNow(): void {
    if (this.current.name === 'reconnecting') this.open();
  }

  /**
   * The host was asleep or hidden, or its network is back: ends a countdown, and finds out within seconds whether a
   * connection still lives.
   */
  wake(): void {
    this.retryNow();
    this.session?.probe();
  }

  /** Holds over every reconnect until it is unsubscribed. */
  subscribe(request: SubscriptionRequest): void {
    this.sendIfWelcomed(this.shared.subscriptions.add(request));
  }

  unsubscribe(tokens: readonly string[]): void {
    this.sendIfWelcomed(this.shared.subscriptions.remove(tokens));
    this.shared.stale.forget(tokens);
  }

  /** Past updates of a token, oldest first. Rejects with a RequestError: refused, not connected, or no answer in time. */
  async history(tokenId: string, { limit = HISTORY_LIMIT_MAX, since }: HistoryRequest = {}): Promise<PriceUpdate[]> {
    const id = this.shared.nextId();
    const command = { type: 'history', id, tokenId, limit, ...(since !== undefined && { since }) } as const;
    const answer = await this.shared.histories.start(id, HISTORY_DEADLINE_MS, () => this.sendIfWelcomed(command));
    return answer.updates;
  }

  /** Undefined while the token's prices come as often as is normal for it. */
  staleFeed(tokenId: string): StaleFeed | undefined {
    return this.shared.stale.of(tokenId, this.shared.env.now());
  }

  /** A fresh access token for the running connection, sent at once; with a provider this happens by itself. */
  authenticate(token: string): boolean {
    return this.sendIfWelcomed({ type: 'auth', id: this.shared.nextId(), token });
  }

  /** Before `welcome` nothing is sent: what was subscribed by then goes out in answer to it. */
  private sendIfWelcomed(command: ClientCommand): boolean {
    if (!this.session?.welcomed) return false;
    this.session.send(command);
    return true;
  }

  private open(): void {
    this.cancelRetry();
    const tried = this.nextTry();
    this.setState({ name: 'connecting' });
    const token = this.askToken();
    if (!(token instanceof Promise)) return this.openWith(token, tried);
    this.retryTimer = this.shared.env.setTimeout(() => this.tokenMissing(tried), TOKEN_DEADLINE_MS);
    token.then((text) => this.openWith(text, tried), () => this.tokenMissing(tried));
  }

  /** A provider that throws at once is one that rejects. */
  private askToken(): string | undefined | Promise<string> {
    try {
      return this.options.token?.(this.tokenNeed);
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  private openWith(token: string | undefined, tried: number): void {
    if (tried !== this.tries) return;
    this.cancelRetry();
    this.tokenNeed = 'connect';
    const owner: SessionOwner = { stateIs: (state) => this.setState(state), ended: (end) => this.ended(end) };
    try {
      this.session = new Session(this.shared, owner, this.options.url, offeredProtocols(token));
    } catch {
      // The constructor of a WebSocket throws only for addresses that no retry can make good.
      this.setState({ name: 'stopped', code: 0, reason: 'The address or the access token cannot be used' });
    }
  }

  private tokenMissing(tried: number): void {
    if (tried !== this.tries) return;
    this.nextTry();
    this.retryAfter(this.backoff.next(false), 'No access token could be had');
  }

  private nextTry(): number {
    this.tries += 1;
    return this.tries;
  }

  private ended(end: SessionEnd): void {
    this.session = undefined;
    if (end.code === TOKEN_EXPIRED) this.tokenNeed = 'renew';
    if (end.rule.reaction === 'stop') {
      this.setState({ name: 'stopped', code: end.code, reason: end.rule.reason });
      return;
    }
    this.backoff.lost(end.healthMs ?? 0);
    const atOnce = end.rule.reaction === 'reconnect' && end.healthMs !== undefined;
    this.retryAfter(this.backoff.next(atOnce, end.retryAfterMs), end.rule.reason);
  }

  private retryAfter(delayMs: number, reason: string): void {
    this.cancelRetry();
    this.retryAt = this.shared.env.now() + delayMs;
    this.retryTimer = this.shared.env.setTimeout(() => this.open(), delayMs);
    this.setState({ name: 'reconnecting', reason, delayMs });
  }

  private cancelRetry(): void {
    if (this.retryTimer !== undefined) this.shared.env.clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    this.retryAt = 0;
  }

  /** An event for every change, none for a repetition. */
  private setState(state: ClientState): void {
    if (JSON.stringify(state) === JSON.stringify(this.current)) return;
    this.current = state;
    this.shared.events.emit('state', state);
  }
}

function makeShared(env: Environment, { token, resumeMsMax = Infinity }: ClientOptions): Shared {
  const events = new Emitter<ClientEvents>();
  const counters = zeroCounters();
  const clock = new ServerClock();
  const resume = new ResumePoint();
  let lastId = 0;
  const nextId = (): number => (lastId += 1);
  const stale = new StaleFeeds((tokenId) => events.emit('stale', tokenId));
  const inbox = new FeedInbox({ resume, clock, stale, counters, events, now: env.now });
  const histories = new PendingRequests<History>(env);
  const subscriptions = new Subscriptions(nextId);
  return { env, events, counters, clock, resume, stale, inbox, histories, tokens: token, resumeMsMax, nextId, subscriptions };
}
