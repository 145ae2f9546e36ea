// Fills the series of the chosen token from history and keeps it without holes, over reconnects too. No DOM.

import { HISTORY_LIMIT_MAX, RequestError, type OdinClient, type PriceUpdate } from '../client/index.ts';
import { PriceSeries } from './series.ts';

export type Filling =
  | { readonly name: 'loading' }
  | { readonly name: 'filled' }
  | { readonly name: 'failed'; readonly reason: string };

/** Gateways keep a history for a while before they read it anew, so an old one is asked for again later and later. */
export const ASK_AGAIN_MS = [1_000, 5_000, 30_000] as const;

type Source = Pick<OdinClient, 'history' | 'on'>;

export class ChartFeed {
  readonly series = new PriceSeries();
  private readonly client: Source;
  private chosen: string | undefined;
  private state: Filling = { name: 'loading' };
  private epoch: string | undefined;
  /** Of the newest request: the answer to an older one is not wanted any more. */
  private request = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Source) {
    this.client = client;
    client.on('update', ({ update }) => update.tokenId === this.chosen && this.series.add(update));
    client.on('welcome', ({ epoch }) => this.connected(epoch));
    client.on('resumed', (recovered) => recovered || this.restart());
    client.on('hole', ({ tokenId }) => tokenId === this.chosen && this.ask(0));
  }

  get tokenId(): string | undefined {
    return this.chosen;
  }

  get filling(): Filling {
    return this.state;
  }

  /** Undefined: none. `latest` is what is known of the token already. */
  choose(tokenId: string | undefined, latest?: PriceUpdate): void {
    this.chosen = tokenId;
    this.restart();
    if (tokenId !== undefined && latest) this.series.add(latest);
  }

  /** What was missed follows by itself, unless the numbers are other ones now. */
  private connected(epoch: string): void {
    const changed = this.epoch !== undefined && this.epoch !== epoch;
    this.epoch = epoch;
    if (changed) this.restart();
    else if (this.state.name !== 'filled') this.ask(0);
  }

  private restart(): void {
    this.series.clear();
    this.ask(0);
  }

  private ask(tries: number): void {
    this.request += 1;
    clearTimeout(this.timer);
    this.state = { name: 'loading' };
    if (this.chosen !== undefined) void this.load(this.chosen, this.request, tries);
  }

  private async load(tokenId: string, request: number, tries: number): Promise<void> {
    try {
      const updates = await this.client.history(tokenId, { limit: HISTORY_LIMIT_MAX });
      if (request === this.request) this.answered(this.series.fill(updates), tries);
    } catch (error) {
      if (request === this.request) this.failed(error, tries);
    }
  }

  private answered(connects: boolean, tries: number): void {
    this.state = { name: 'filled' };
    if (!connects) this.askLater(tries);
  }

  private failed(error: unknown, tries: number): void {
    this.state = { name: 'failed', reason: error instanceof Error ? error.message : String(error) };
    if (error instanceof RequestError && error.retryable) this.askLater(tries);
  }

  private askLater(tries: number): void {
    const ms = ASK_AGAIN_MS[tries];
    if (ms !== undefined) this.timer = setTimeout(() => this.ask(tries + 1), ms);
  }
}
