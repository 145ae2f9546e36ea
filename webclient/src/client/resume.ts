// Where to go on after a lost connection.

import type { ResumePosition } from './messages.ts';

export class ResumePoint {
  private epoch: string | undefined;
  private seq = 0;
  /** While a subscription catches up, the highest seq seen of another says nothing of what it still misses. */
  private held: number | undefined;
  private waitingFor = 0;
  private leftAt = Infinity;

  /** Undefined until something was seen. */
  get position(): ResumePosition | undefined {
    const seq = this.held ?? this.seq;
    return this.epoch === undefined || seq === 0 ? undefined : { epoch: this.epoch, seq };
  }

  /** The connection ended, and this is when it was last heard of. */
  left(at: number): void {
    this.leftAt = at;
  }

  isOlderThan(ms: number, now: number): boolean {
    return now - this.leftAt > ms;
  }

  /** A connection begins with `resuming` subscriptions that catch up. True if the numbering is another one now. */
  enter(epoch: string, resuming: number): boolean {
    const changed = this.epoch !== undefined && this.epoch !== epoch;
    if (changed) this.seq = 0;
    this.held = changed || resuming === 0 ? undefined : (this.held ?? this.seq);
    this.waitingFor = resuming;
    this.epoch = epoch;
    return changed;
  }

  /** One of the resuming subscriptions has everything that it missed, or was told that it cannot have it. */
  caughtUp(): void {
    this.waitingFor -= 1;
    if (this.waitingFor <= 0) this.held = undefined;
  }

  /** The position led nowhere: from here on only what was seen of the other tokens counts, and what comes now. */
  restart(seq: number): void {
    this.seq = seq;
  }

  saw(seq: number | undefined): void {
    if (seq !== undefined && seq > this.seq) this.seq = seq;
  }
}
