// Small meters for what a client sees. Pure: the caller brings the time.

/** Events per second over the last 4.5 to 5 s: nine full buckets and the one that is filling. */
export class RateMeter {
  private static readonly bucketMs = 500;
  private static readonly buckets = 10;
  private counts: number[] = new Array<number>(RateMeter.buckets).fill(0);
  private bucket: number | undefined;
  private startedAt = 0;

  add(now: number): void {
    this.moveTo(now);
    const at = this.index(now);
    this.counts[at] = (this.counts[at] ?? 0) + 1;
  }

  perSecond(now: number): number {
    if (this.bucket === undefined) return 0;
    this.moveTo(now);
    const total = this.counts.reduce((sum, count) => sum + count, 0);
    const windowMs = RateMeter.bucketMs * (RateMeter.buckets - 1) + (now % RateMeter.bucketMs);
    const spanMs = Math.min(windowMs, Math.max(now - this.startedAt, 1_000));
    return (total * 1_000) / spanMs;
  }

  reset(): void {
    this.counts.fill(0);
    this.bucket = undefined;
  }

  /** Empties the buckets that time has passed over. */
  private moveTo(now: number): void {
    const bucket = Math.floor(now / RateMeter.bucketMs);
    if (this.bucket === undefined) this.startedAt = now;
    const passed = Math.min(bucket - (this.bucket ?? bucket), RateMeter.buckets);
    for (let i = 0; i < passed; i += 1) this.counts[(bucket - i) % RateMeter.buckets] = 0;
    this.bucket = Math.max(bucket, this.bucket ?? bucket);
  }

  private index(now: number): number {
    return Math.floor(now / RateMeter.bucketMs) % RateMeter.buckets;
  }
}

/** Percentiles of the newest samples: bounded memory, sorted only when asked. */
export class LatencyWindow {
  private readonly capacity: number;
  private samples: number[] = [];
  private next = 0;

  constructor(capacity = 1_024) {
    this.capacity = capacity;
  }

  add(ms: number): void {
    this.samples[this.next] = ms;
    this.next = (this.next + 1) % this.capacity;
  }

  /** Nearest rank, one result per quantile in [0, 1]; undefined while there is no sample. */
  quantiles(...wanted: number[]): (number | undefined)[] {
    const sorted = [...this.samples].sort((a, b) => a - b);
    return wanted.map((quantile) => sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)]);
  }

  reset(): void {
    this.samples = [];
    this.next = 0;
  }
}
