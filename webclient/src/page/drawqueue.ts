// Which of the changed rows a frame draws, without DOM. A number that changes sixty times a second is a blur that costs
// the browser a whole core: each row is drawn when it changes, and then not again for a while.

/** A row in sight: as often as an eye can follow. */
export const SEEN_EVERY_MS = 200;
/** A row out of sight, for whoever reads or searches the page without looking. */
export const UNSEEN_EVERY_MS = 1_000;

export class DrawQueue<Row extends object> {
  private readonly waiting = new Set<Row>();
  private readonly drawnAt = new WeakMap<Row, number>();

  add(rows: Iterable<Row>): void {
    for (const row of rows) this.waiting.add(row);
  }

  /** Those whose turn it is, in the order in which they changed. `now` in ms. */
  take(now: number, isSeen: (row: Row) => boolean): Row[] {
    const due = [...this.waiting].filter((row) => this.isDue(row, now, isSeen(row)));
    for (const row of due) {
      this.waiting.delete(row);
      this.drawnAt.set(row, now);
    }
    return due;
  }

  private isDue(row: Row, now: number, seen: boolean): boolean {
    return now - (this.drawnAt.get(row) ?? -Infinity) >= (seen ? SEEN_EVERY_MS : UNSEEN_EVERY_MS);
  }
}
