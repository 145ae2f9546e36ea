// The access token: whoever has it is asked for every connection, and again before the one in use expires.

import type { Environment } from './environment.ts';

/** connect: any token that is good now. renew: the one given last is expired or about to be, so no cached one. */
export type TokenNeed = 'connect' | 'renew';
export type TokenProvider = (need: TokenNeed) => string | Promise<string>;

/** A fresh token is asked for this long before the end, or at half time of a shorter life. */
export const RENEW_BEFORE_MS = 30_000;
/** Between two tries, whatever the server says meanwhile. */
export const RENEW_AGAIN_MS = 5_000;
/** Timers of browsers take no more than 31 bits. */
const TIMER_MS_MAX = 2 ** 31 - 1;

export interface RenewalParts {
  readonly env: Environment;
  /** Now, on the clock that wrote the expiry. */
  serverNow(): number;
  send(token: string): void;
}

/** Keeps one connection authenticated. Without a provider it does nothing: the server closes with 4203 then. */
export class TokenRenewal {
  private readonly parts: RenewalParts;
  private readonly provider: TokenProvider | undefined;
  private timer: unknown;
  private askedAt = -Infinity;
  private over = false;

  constructor(parts: RenewalParts, provider: TokenProvider | undefined) {
    this.parts = parts;
    this.provider = provider;
  }

  /** The token in use ends then (ms since 1970, server's clock). */
  expiresAt(serverTime: number | undefined): void {
    if (!this.provider || serverTime === undefined) return;
    const leftMs = Math.max(0, serverTime - this.parts.serverNow());
    this.askIn(leftMs - Math.min(RENEW_BEFORE_MS, leftMs / 2));
  }

  /** The server says that it has expired. */
  expired(): void {
    if (this.provider) this.askIn(0);
  }

  stop(): void {
    this.over = true;
    this.parts.env.clearTimeout(this.timer);
  }

  private askIn(ms: number): void {
    const { env } = this.parts;
    const atLeast = Math.max(0, this.askedAt + RENEW_AGAIN_MS - env.now());
    env.clearTimeout(this.timer);
    if (!this.over) this.timer = env.setTimeout(() => void this.ask(), Math.min(Math.max(ms, atLeast), TIMER_MS_MAX));
  }

  private async ask(): Promise<void> {
    this.askedAt = this.parts.env.now();
    try {
      const token = (await this.provider?.('renew')) ?? '';
      if (this.over) return;
      this.parts.send(token);
      this.expiresAt(expiryOf(token));
    } catch {
      this.askIn(0);
    }
  }
}

/** `exp` of a JWT as ms since 1970; undefined when it has none, or is no JWT. Nothing is verified: that is the server's. */
export function expiryOf(token: string): number | undefined {
  const { atob } = globalThis as unknown as { atob(text: string): string };
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { exp } = JSON.parse(atob(payload)) as { exp?: unknown };
    return Number.isFinite(exp) ? (exp as number) * 1_000 : undefined;
  } catch {
    return undefined;
  }
}
