// Tells silence from death: calls back once when nothing was heard for a while.

import type { Environment } from './environment.ts';

export class Watchdog {
  private readonly env: Environment;
  private readonly onSilent: () => void;
  private timer: unknown;
  private limitMs = 0;
  private heardAt = 0;

  constructor(env: Environment, onSilent: () => void) {
    this.env = env;
    this.onSilent = onSilent;
  }

  start(limitMs: number): void {
    this.stop();
    this.limitMs = limitMs;
    this.heard();
    this.arm(limitMs);
  }

  /** Cheap on purpose, it runs for every message: the timer is left alone and looks at the time when it fires. */
  heard(): void {
    this.heardAt = this.env.now();
  }

  stop(): void {
    if (this.timer !== undefined) this.env.clearTimeout(this.timer);
    this.timer = undefined;
  }

  private arm(ms: number): void {
    this.timer = this.env.setTimeout(() => this.check(), ms);
  }

  private check(): void {
    this.timer = undefined;
    const leftMs = this.heardAt + this.limitMs - this.env.now();
    if (leftMs > 0) this.arm(leftMs);
    else this.onSilent();
  }
}
