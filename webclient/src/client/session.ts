// One connection: from the opening of its socket, over `welcome`, to its end, of which the owner is told once.

import { closeRule, type CloseRule } from './closecodes.ts';
import { Link } from './link.ts';
import { ERROR_NOT_RESUMABLE, ERROR_TOKEN_EXPIRED } from './messages.ts';
import type {
  ClientCommand, ConnectionStatus, Drain, ServerError, ServerMessage, ServerMessageOf, ServerMessageType, Subscribed, Welcome,
} from './messages.ts';
import { parseServerMessage } from './parse.ts';
import { Pinger } from './pinger.ts';
import type { SessionOwner, Shared } from './shared.ts';
import type { ClientState } from './state.ts';
import { TokenRenewal } from './tokens.ts';
import { Watchdog } from './watchdog.ts';

/** Grace on top of the server's heartbeat before the feed counts as dead. */
export const HEARTBEAT_GRACE_MS = 10_000;
/** From opening the socket to `welcome`. */
export const CONNECT_LIMIT_MS = 10_000;
/** For an answer when a host asks whether the connection still lives. */
export const PROBE_LIMIT_MS = 3_000;
const HEARTBEAT_MS_MIN = 1_000;
const HEARTBEAT_MS_MAX = 300_000;

const SILENT = closeRule(4201);
const NO_ANSWER: CloseRule = { name: 'no answer', reaction: 'backoff', reason: 'The gateway does not answer' };

type Handlers = { readonly [T in ServerMessageType]: (message: ServerMessageOf<T>) => void };

export class Session {
  private readonly shared: Shared;
  private readonly owner: SessionOwner;
  private readonly link: Link;
  private readonly watchdog: Watchdog;
  private readonly pinger: Pinger;
  private readonly renewal: TokenRenewal;
  private readonly handlers: Handlers;
  private welcomedAt: number | undefined;
  private retryAfterMs = 0;
  private over = false;

  constructor(shared: Shared, owner: SessionOwner, url: string, protocols: string[]) {
    this.shared = shared;
    this.owner = owner;
    this.handlers = this.makeHandlers();
    this.watchdog = new Watchdog(shared.env, () => this.silent());
    this.pinger = new Pinger(shared.env, shared.clock, (command) => this.sendNumbered(command));
    this.renewal = this.makeRenewal();
    this.link = new Link(shared.env, url, protocols, {
      text: (data) => this.receive(data),
      ended: (code) => this.finish(code, closeRule(code)),
    });
    this.watchdog.start(CONNECT_LIMIT_MS);
  }

  get welcomed(): boolean {
    return this.welcomedAt !== undefined;
  }

  send(command: ClientCommand): void {
    this.link.send(command);
  }

  /** Finds out now whether it still lives, instead of after the next silence. */
  probe(): void {
    if (this.watchdog.overdue() || !this.welcomed) return;
    this.pinger.start();
    this.watchdog.expectWithin(PROBE_LIMIT_MS);
  }

  /** Ends it without a word to the owner. */
  close(): void {
    if (this.over) return;
    this.over = true;
    if (this.welcomed) this.shared.resume.left(this.watchdog.lastHeard);
    this.watchdog.stop();
    this.pinger.stop();
    this.renewal.stop();
    this.link.abandon();
    this.shared.histories.closed();
  }

  private sendNumbered(command: ClientCommand): number {
    const id = this.shared.nextId();
    this.send({ ...command, id });
    return id;
  }

  private receive(data: unknown): void {
    if (this.welcomed) this.watchdog.heard();
    const parsed = parseServerMessage(data);
    if (parsed.kind === 'message') return this.handle(parsed.message);
    if (parsed.kind === 'unknown') {
      this.shared.counters.unknownMessages += 1;
      return;
    }
    this.shared.counters.badMessages += 1;
    this.shared.events.emit('badMessage', parsed.reason);
  }

  private handle(message: ServerMessage): void {
    (this.handlers[message.type] as (message: ServerMessage) => void)(message);
  }

  private makeHandlers(): Handlers {
    const { events, inbox, histories } = this.shared;
    return {
      welcome: (message) => this.begin(message),
      subscribed: (message) => this.subscribed(message),
      resumed: () => inbox.resumed(),
      unsubscribed: (message) => events.emit('unsubscribed', message),
      'price:update': (message) => inbox.price(message),
      'price:snapshot': (message) => inbox.snapshot(message),
      'volume:update': (message) => inbox.volume(message),
      'market:statistics': (message) => inbox.market(message),
      'connection:status': (message) => this.upstream(message),
      'feed:stale': (message) => inbox.feed(message),
      'feed:live': (message) => inbox.feed(message),
      pong: (message) => this.pong(message),
      history: (message) => histories.answered(message.id, message),
      drain: (message) => this.drain(message),
      error: (message) => this.error(message),
    };
  }

  private makeRenewal(): TokenRenewal {
    const { env, clock, tokens, nextId } = this.shared;
    const serverNow = (): number => env.now() + clock.roughOffsetMs;
    const send = (token: string): void => this.send({ type: 'auth', id: nextId(), token });
    return new TokenRenewal({ env, serverNow, send }, tokens);
  }

  private begin(welcome: Welcome): void {
    if (this.welcomed) return;
    const { env, inbox, subscriptions, resume, clock, events, counters } = this.shared;
    this.welcomedAt = env.now();
    this.watchdog.start(clampHeartbeat(welcome.heartbeatMs) + HEARTBEAT_GRACE_MS);
    clock.begin(welcome.serverTime, env.now());
    this.pinger.start();
    const { resumeMsMax } = this.shared;
    const known = resume.position;
    const position = resume.isOlderThan(resumeMsMax, env.now()) ? undefined : known;
    const commands = subscriptions.commands(position);
    inbox.begin(welcome, commands.filter((command) => 'resume' in command).length);
    for (const command of commands) this.send(command);
    counters.connections += 1;
    this.renewal.expiresAt(welcome.authExpires);
    events.emit('welcome', welcome);
    if (known && !position) inbox.notRecovered(['*']);
    this.tell({ name: 'live' });
  }

  private subscribed(reply: Subscribed): void {
    this.shared.subscriptions.granted(reply.id);
    this.shared.inbox.subscribed(reply);
    this.shared.events.emit('subscribed', reply);
  }

  private upstream(message: ConnectionStatus): void {
    this.shared.events.emit('status', message);
    if (!this.welcomed) return;
    this.tell(message.status === 'connected' ? { name: 'live' } : { name: 'degraded', reason: upstreamReason(message) });
  }

  private pong(message: ServerMessageOf<'pong'>): void {
    const roundTripMs = this.pinger.answered(message);
    if (roundTripMs !== undefined) this.shared.events.emit('roundTrip', roundTripMs);
  }

  private drain(message: Drain): void {
    this.retryAfterMs = message.retryAfterMs;
    this.shared.events.emit('drain', message);
  }

  private error(message: ServerError): void {
    const { subscriptions, inbox, histories, events } = this.shared;
    const again = message.code === ERROR_NOT_RESUMABLE ? subscriptions.withoutResume(message.id) : undefined;
    if (again) {
      inbox.notRecovered(again.tokens);
      this.send(again);
    }
    if (message.code === ERROR_TOKEN_EXPIRED) this.renewal.expired();
    histories.failed(message);
    events.emit('serverError', message);
  }

  /** A listener may have closed us a moment ago. */
  private tell(state: ClientState): void {
    if (!this.over) this.owner.stateIs(state);
  }

  private silent(): void {
    if (this.welcomed) this.finish(4201, SILENT);
    else this.finish(1006, NO_ANSWER);
  }

  private finish(code: number, rule: CloseRule): void {
    this.close();
    const healthMs = this.welcomedAt === undefined ? undefined : this.shared.env.now() - this.welcomedAt;
    this.owner.ended({ code, rule, healthMs, retryAfterMs: this.retryAfterMs });
  }
}

function clampHeartbeat(ms: number): number {
  return Math.min(Math.max(ms, HEARTBEAT_MS_MIN), HEARTBEAT_MS_MAX);
}

function upstreamReason(message: ConnectionStatus): string {
  return message.status === 'reconnecting'
    ? 'The gateway is reconnecting to the price feed'
    : 'The gateway has no connection to the price feed';
}
