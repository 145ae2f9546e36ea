// Fills the lines of the first rows from history, one token after the other and each once: beyond, a line fills as prices come.

import type { OdinClient } from '../client/index.ts';
import { TREND_POINTS_MAX } from './trend.ts';
import type { TokenBook, TokenRow } from './tokenbook.ts';

/** What a screen shows. Each is one command, and the gateway may have to read the stream for it. */
export const FILLED_ROWS_MAX = 20;

type Source = Pick<OdinClient, 'history'>;

export class TrendFill {
  private readonly client: Source;
  private readonly book: TokenBook;
  private readonly asked = new Set<string>();
  private running = false;

  constructor(client: Source, book: TokenBook) {
    this.client = client;
    this.book = book;
  }

  /** A connection is there: goes through the rows that were not filled yet. */
  async start(): Promise<void> {
    if (this.running) return;
    this.running = true;
    for (let row = this.next(); row; row = this.next()) {
      this.asked.add(row.tokenId);
      if (!(await this.fill(row))) break;
    }
    this.running = false;
  }

  private next(): TokenRow | undefined {
    if (this.asked.size >= FILLED_ROWS_MAX) return undefined;
    for (const row of this.book.all()) if (row.latest && !this.asked.has(row.tokenId)) return row;
    return undefined;
  }

  /** False when it makes no sense to go on: the connection ended, or the gateway has no time for history. */
  private async fill(row: TokenRow): Promise<boolean> {
    try {
      this.book.fillTrend(row, await this.client.history(row.tokenId, { limit: TREND_POINTS_MAX }));
      return true;
    } catch {
      return false;
    }
  }
}
