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

/**
 * Where a token stands. A batch message may have several entries of one token, which share the message's seq: those
 * after the first have prev === seq. A batch that a resume names is sent again from its first entry, and a connection
 * can end in the middle of one: so entries are counted.
 */
interface Place {
  seq: number;
  /** Entries of message `seq` that were seen. */
  entries: number;
  /** Entries of it that came in the pass that is under way: fewer than `entries` while it is sent again. */
  position: number;
  /** The connection of that pass. */
  connection: number;
}

export class SequenceTracker {
  private readonly places = new Map<string, Place>();
  private connection = 0;

  lastOf(tokenId: string): number | undefined {
    return this.places.get(tokenId)?.seq;
  }

  /** Of all tokens; 0 when none was seen. */
  highest(): number {
    let highest = 0;
    for (const { seq } of this.places.values()) highest = Math.max(highest, seq);
    return highest;
  }

  /** What comes from here on may begin with a message that we have, in whole or in part. */
  connected(): void {
    this.connection += 1;
  }

  /** Judges one update of the stream and remembers it. */
  judge(update: Sequenced): Verdict {
    const place = this.places.get(update.tokenId);
    if (place && update.seq === place.seq) return this.judgeEntry(update, place);
    const verdict = compare(update, place?.seq);
    // That the first entry was replaced or lost is all that is known of a message that begins with a later one.
    if (verdict !== 'late') this.remember(update, isLaterEntry(update) ? 2 : 1);
    return verdict;
  }

  /** A snapshot tells the present and not the way to it, so a jump in it is no hole. False: we have that or newer. */
  rebase(update: Sequenced): boolean {
    const last = this.lastOf(update.tokenId);
    if (last !== undefined && update.seq <= last) return false;
    // It shows the last entry of its message, however many there were.
    this.remember(update, isLaterEntry(update) ? Infinity : 1);
    return true;
  }

  /**
   * What was seen no longer connects to what will come: another epoch, or a resume that failed. Without tokens, or with
   * '*' among them: all.
   */
  forget(tokens: readonly string[] = ['*']): void {
    if (tokens.includes('*')) this.places.clear();
    else for (const tokenId of tokens) this.places.delete(tokenId);
  }

  private judgeEntry(update: Sequenced, place: Place): Verdict {
    const replaced = update.conflated ?? 0;
    if (!isLaterEntry(update) || place.connection !== this.connection) place.position = 0;
    place.connection = this.connection;
    // What a later entry replaced was of the same message: all before that had been seen.
    place.position += isLaterEntry(update) ? 1 + replaced : 1;
    if (place.position <= place.entries) return 'duplicate';
    place.entries = place.position;
    return replaced > 0 ? 'conflated' : 'next';
  }

  private remember({ tokenId, seq }: Sequenced, entries: number): void {
    if (this.places.size >= TRACKED_TOKENS_MAX && !this.places.has(tokenId)) return;
    this.places.set(tokenId, { seq, entries, position: entries, connection: this.connection });
  }
}

/** Whether an update with this verdict is worth showing. */
export function isNew(verdict: Verdict): boolean {
  return verdict !== 'duplicate' && verdict !== 'late';
}

/** An entry of a batch that follows another one of the same token. */
function isLaterEntry(update: Sequenced): boolean {
  return update.prev === update.seq;
}

function compare(update: Sequenced, last: number | undefined): Verdict {
  if (last === undefined) return 'first';
  if (update.seq < last) return 'late';
  if (update.prev === last) return 'next';
  if ((update.conflated ?? 0) > 0) return 'conflated';
  // A replay that begins in the middle of the stream does not know what came before.
  return update.prev === 0 ? 'first' : 'hole';
}
