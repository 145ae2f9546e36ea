// Finds lost, repeated and late updates from `seq` and `prev` alone. Pure: no socket, no clock.

export interface Sequenced {
  tokenId: string;
  seq: number;
  prev: number;
  conflated?: number;
}

/**
 * first: nothing to compare with. next: follows what was seen. conflated: thinned on purpose by the server.
 * hole: something is missing before it. duplicate and late are not to be shown.
 */
export type Verdict = 'first' | 'next' | 'conflated' | 'hole' | 'duplicate' | 'late';

/** Tokens beyond this many are passed on without being watched. */
export const TRACKED_TOKENS_MAX = 50_000;

export class SequenceTracker {
  private readonly lastSeq = new Map<string, number>();

  lastOf(tokenId: string): number | undefined {
    return this.lastSeq.get(tokenId);
  }

  /** Judges one update of the stream and remembers it. */
  judge(update: Sequenced): Verdict {
    const verdict = compare(update, this.lastSeq.get(update.tokenId));
    if (isNew(verdict)) this.remember(update);
    return verdict;
  }

  /** A snapshot tells the present and not the way to it, so a jump in it is no hole. False: we have that or newer. */
  rebase(update: Sequenced): boolean {
    const last = this.lastSeq.get(update.tokenId);
    if (last !== undefined && update.seq <= last) return false;
    this.remember(update);
    return true;
  }

  /** What was seen no longer connects to what will come: another epoch, or a resume that failed. */
  forget(): void {
    this.lastSeq.clear();
  }

  private remember(update: Sequenced): void {
    if (this.lastSeq.size < TRACKED_TOKENS_MAX || this.lastSeq.has(update.tokenId)) {
      this.lastSeq.set(update.tokenId, update.seq);
    }
  }
}

/** Whether an update with this verdict is worth showing. */
export function isNew(verdict: Verdict): boolean {
  return verdict !== 'duplicate' && verdict !== 'late';
}

function compare(update: Sequenced, last: number | undefined): Verdict {
  if (last === undefined) return 'first';
  if (update.seq === last) return 'duplicate';
  if (update.seq < last) return 'late';
  if (update.prev === last) return 'next';
  if ((update.conflated ?? 0) > 0) return 'conflated';
  return update.prev === 0 ? 'first' : 'hole';
}
