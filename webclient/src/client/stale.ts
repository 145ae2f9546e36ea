// Which tokens are silent for longer than is normal for them. The server tells; the next price ends it.

import { TRACKED_TOKENS_MAX } from './holes.ts';
import type { FeedStale, PriceUpdate } from './messages.ts';
import type { UpdateOrigin } from './state.ts';

export interface StaleFeed {
  /** How long it has been silent by now. */
  ageMs: number;
  /** How long it is normally silent at most. */
  expectedMs: number;
}

interface Mark {
  silentSince: number;
  expectedMs: number;
  /** The last sequence seen of the token: only a newer snapshot says that it spoke meanwhile. */
  lastSeq: number | undefined;
}

export class StaleFeeds {
  private readonly marks = new Map<string, Mark>();
  private readonly changed: (tokenId: string) => void;

  /** `changed` hears of each token that becomes stale or live. */
  constructor(changed: (tokenId: string) => void) {
    this.changed = changed;
  }

  of(tokenId: string, now: number): StaleFeed | undefined {
    const mark = this.marks.get(tokenId);
    return mark && { ageMs: Math.max(0, now - mark.silentSince), expectedMs: mark.expectedMs };
  }

  stale({ tokenId, ageMs, expectedMs }: FeedStale, lastSeq: number | undefined, now: number): void {
    const known = this.marks.has(tokenId);
    if (!known && this.marks.size >= TRACKED_TOKENS_MAX) return;
    this.marks.set(tokenId, { silentSince: now - ageMs, expectedMs, lastSeq });
    if (!known) this.changed(tokenId);
  }

  live(tokenId: string): void {
    if (this.marks.delete(tokenId)) this.changed(tokenId);
  }

  /** A price that is shown ends the silence, unless it is the old one, told once more by a snapshot. */
  priced({ tokenId, seq }: PriceUpdate, origin: UpdateOrigin): void {
    const mark = this.marks.get(tokenId);
    if (mark && (origin !== 'snapshot' || seq > (mark.lastSeq ?? Infinity))) this.live(tokenId);
  }

  /** These are not followed any more; '*' means all. */
  forget(tokens: readonly string[] = ['*']): void {
    for (const tokenId of tokens.includes('*') ? [...this.marks.keys()] : tokens) this.live(tokenId);
  }
}
