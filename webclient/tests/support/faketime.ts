// A clock that moves only when told to, with its timers.

interface Timer {
  at: number;
  run: () => void;
}

export class FakeTime {
  private current: number;
  private readonly timers = new Map<number, Timer>();
  private lastHandle = 0;

  constructor(start = 1_700_000_000_000) {
    this.current = start;
  }

  readonly now = (): number => this.current;

  readonly setTimeout = (run: () => void, ms: number): unknown => {
    this.lastHandle += 1;
    this.timers.set(this.lastHandle, { at: this.current + ms, run });
    return this.lastHandle;
  };

  readonly clearTimeout = (handle: unknown): void => void this.timers.delete(handle as number);

  /** Timers that are waiting: none may be left behind. */
  get pending(): number {
    return this.timers.size;
  }

  advance(ms: number): void {
    const end = this.current + ms;
    for (let due = this.nextDue(end); due; due = this.nextDue(end)) {
      const [handle, timer] = due;
      this.timers.delete(handle);
      this.current = Math.max(this.current, timer.at);
      timer.run();
    }
    this.current = end;
  }

  /** Time passes without any timer firing: a machine that slept. */
  sleep(ms: number): void {
    this.current += ms;
  }

  private nextDue(end: number): [number, Timer] | undefined {
    return [...this.timers].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
  }
}
