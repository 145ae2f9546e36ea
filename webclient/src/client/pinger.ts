// `ping` commands: browsers cannot see WebSocket pings, so the round trip needs its own.

import type { ServerClock } from './clock.ts';
import type { Environment } from './environment.ts';
import type { ClientCommand, Pong } from './messages.ts';

export const PING_EVERY_MS = 5_000;
/** The first ping shares its way with the first prices and measures badly; two more follow soon. */
const PING_SOON_MS = [250, 750] as const;
/** Answers that are still out; older ones are given up. */
const PENDING_MAX = 8;

export class Pinger {
  private readonly env: Environment;
  private readonly clock: ServerClock;
  private readonly send: (command: ClientCommand) => number;
  /** Keyed by our own id, so that nothing depends on how a server prints our time back. */
  private readonly sentAt = new Map<number, number>();
  private timer: unknown;
  private sent = 0;

  /** `send` gives the command its id and returns it. */
  constructor(env: Environment, clock: ServerClock, send: (command: ClientCommand) => number) {
    this.env = env;
    this.clock = clock;
    this.send = send;
  }

  start(): void {
    this.stop();
    this.sent = 0;
    this.ping();
  }

  stop(): void {
    if (this.timer !== undefined) this.env.clearTimeout(this.timer);
    this.timer = undefined;
    this.sentAt.clear();
  }

  /** Round trip in ms, or undefined when this answers nothing that we asked. */
  answered(pong: Pong): number | undefined {
    const sentAt = pong.id === undefined ? undefined : this.sentAt.get(pong.id);
    if (pong.id === undefined || sentAt === undefined) return undefined;
    this.sentAt.delete(pong.id);
    return this.clock.add(sentAt, this.env.now(), pong.serverTime);
  }

  private ping(): void {
    const now = this.env.now();
    this.sentAt.set(this.send({ type: 'ping', clientTime: Math.round(now) }), now);
    if (this.sentAt.size > PENDING_MAX) this.giveUpOldest();
    this.timer = this.env.setTimeout(() => this.ping(), PING_SOON_MS[this.sent] ?? PING_EVERY_MS);
    this.sent += 1;
  }

  private giveUpOldest(): void {
    for (const id of this.sentAt.keys()) {
      this.sentAt.delete(id);
      return;
    }
  }
}
