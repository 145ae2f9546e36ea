// How long to wait before the next try. Pure: the caller brings the random number and the clock.

export const BACKOFF_BASE_MS = 500;
export const BACKOFF_CAP_MS = 30_000;
/** A connection must live this long before an earlier failure is forgotten. */
export const HEALTHY_AFTER_MS = 10_000;
/** "At once": enough to keep thousands of clients from arriving in the same millisecond. */
export const SMALL_JITTER_MS = 250;
/** A wrong hint of a server must not silence a client for a day. */
export const RETRY_AFTER_CAP_MS = 600_000;

/** Full jitter: random(0, min(30 s, 0.5 s x 2^failures)). `random` is in [0, 1). */
export function backoffDelay(failures: number, random: number): number {
  return random * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** failures);
}

export class Backoff {
  private failures = 0;
  private readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  /** Tries that failed since the last healthy connection. */
  get attempts(): number {
    return this.failures;
  }

  reset(): void {
    this.failures = 0;
  }

  /** A connection ended that had been usable for `healthMs` (0 = it never was). */
  lost(healthMs: number): void {
    if (healthMs >= HEALTHY_AFTER_MS) this.failures = 0;
  }

  /**
   * Delay before the next try. `atOnce` asks for the small jitter instead; it is granted once per healthy connection,
   * so that a server which greets and closes in a loop is not stormed.
   */
  next(atOnce: boolean, retryAfterMs = 0): number {
    const jitter = atOnce && this.failures === 0 ? this.random() * SMALL_JITTER_MS : backoffDelay(this.failures, this.random());
    this.failures += 1;
    return clampRetryAfter(retryAfterMs) + jitter;
  }
}

function clampRetryAfter(ms: number): number {
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), RETRY_AFTER_CAP_MS) : 0;
}
