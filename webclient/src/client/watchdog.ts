// Tells silence from death: calls back once when nothing was heard for a while.

import type { Environment } from './environment.ts';

export class Watchdog {
  private readonly env: Environment;
  private readonly onSilent: () => void;
  private timer: unknown;
  private probe: unknown;
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

  /** When the last sign of life came. */
  get lastHeard(): number {
    return this.heardAt;
  }

  /** The timer may be late, after a sleep of the machine for example: look now. True: that was the end. */
  overdue(): boolean {
    if (this.timer === undefined || this.heardAt + this.limitMs > this.env.now()) return false;
    this.stop();
    this.onSilent();
    return true;
  }

  /** A sign of life must come within this time. */
  expectWithin(ms: number): void {
    const asked = this.env.now();
    this.env.clearTimeout(this.probe);
    this.probe = this.env.setTimeout(() => this.heardAt <= asked && this.onSilent(), ms);
  }

  stop(): void {
    this.env.clearTimeout(this.timer);
    this.env.clearTimeout(this.probe);
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
