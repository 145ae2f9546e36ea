// The difference between the server's clock and ours, from pings: what makes "how late was this price" measurable.

interface Sample {
  offsetMs: number;
  rttMs: number;
}

/** One minute of pings. Older samples go, because clocks drift apart. */
const SAMPLES_MAX = 12;
/** The server's time has whole milliseconds. */
const RESOLUTION_MS = 1;

export class ServerClock {
  private samples: Sample[] = [];
  private best: Sample | undefined;
  private rough = 0;

  /** Server time minus local time. Best guess: the sample with the shortest round trip, which hides the least error. */
  get offsetMs(): number | undefined {
    return this.best?.offsetMs;
  }

  /** Good enough for ages in tenths of a second, and there from the first message on. */
  get roughOffsetMs(): number {
    return this.best?.offsetMs ?? this.rough;
  }

  /** A connection begins, perhaps to another server: its first message tells its time, but not how long it travelled. */
  begin(serverTime: number, localNow: number): void {
    this.samples = [];
    this.best = undefined;
    this.rough = serverTime - localNow;
  }

  /** A ping left at `sentAt`, its answer came at `receivedAt` (local clock) and carried `serverTime`. */
  add(sentAt: number, receivedAt: number, serverTime: number): number {
    const rttMs = Math.max(0, receivedAt - sentAt);
    const sample = { rttMs, offsetMs: serverTime - (sentAt + rttMs / 2) };
    if (this.best && contradicts(sample, this.best)) this.samples = [];
    this.samples.push(sample);
    if (this.samples.length > SAMPLES_MAX) this.samples.shift();
    this.best = this.samples.reduce((a, b) => (b.rttMs < a.rttMs ? b : a));
    return rttMs;
  }
}

/** The true offset lies within half a round trip of each sample. If two ranges do not meet, a clock was set. */
function contradicts(a: Sample, b: Sample): boolean {
  return Math.abs(a.offsetMs - b.offsetMs) > (a.rttMs + b.rttMs) / 2 + RESOLUTION_MS;
}
