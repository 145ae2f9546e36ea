// What arrives of the feed itself: judges it, counts it, tells it.

import type { ServerClock } from './clock.ts';
import type { Emitter } from './emitter.ts';
import { isNew, SequenceTracker } from './holes.ts';
import type { FeedLive, FeedStale, MarketStatistics, PriceSnapshot, PriceUpdate, Subscribed, VolumeUpdate, Welcome } from './messages.ts';
import type { ResumePoint } from './resume.ts';
import type { StaleFeeds } from './stale.ts';
import type { ClientEvents, Counters, UpdateOrigin } from './state.ts';
import { LatencyWindow } from './stats.ts';

/** What the inbox works on; others read it too. */
export interface FeedParts {
  readonly resume: ResumePoint;
  readonly clock: ServerClock;
  readonly stale: StaleFeeds;
  readonly counters: Counters;
  readonly events: Emitter<ClientEvents>;
  now(): number;
}

export class FeedInbox {
  private readonly tracker = new SequenceTracker();
  /** Local time of arrival minus the publisher's time. The offset is added when asked: it gets better with every ping. */
  private readonly transit = new LatencyWindow();
  private readonly parts: FeedParts;
  /** Server time at which this connection began. What is older was not late, we were away. */
  private since = 0;
  private recovered = false;

  constructor(parts: FeedParts) {
    this.parts = parts;
  }

  begin(welcome: Welcome, resuming: number): void {
    this.since = welcome.serverTime;
    this.recovered = false;
    this.transit.reset();
    this.tracker.connected();
    if (!this.parts.resume.enter(welcome.epoch, resuming)) return;
    this.tracker.forget();
    this.parts.stale.forget();
  }

  subscribed(reply: Subscribed): void {
    if (reply.recovered === false) this.notRecovered(reply.tokens);
    if (reply.recovered === true) this.goesOn(true);
  }

  /** The replay is through: only now the highest sequence seen is a position that misses nothing. */
  resumed(): void {
    this.parts.resume.caughtUp();
  }

  /** The server could not go on from where we were with these tokens: a gap, but one that we know of. */
  notRecovered(tokens: readonly string[]): void {
    this.tracker.forget(tokens);
    this.parts.resume.restart(this.tracker.highest());
    this.parts.counters.gaps += 1;
    this.goesOn(false);
    this.parts.resume.caughtUp();
  }

  snapshot(snapshot: PriceSnapshot): void {
    for (const update of snapshot.updates) {
      this.parts.resume.saw(update.seq);
      if (this.tracker.rebase(update)) this.deliver(update, 'snapshot');
    }
  }

  price(update: PriceUpdate): void {
    const { resume, counters } = this.parts;
    const last = this.tracker.lastOf(update.tokenId) ?? 0;
    const verdict = this.tracker.judge(update);
    resume.saw(update.seq);
    if (verdict === 'duplicate') counters.duplicates += 1;
    if (verdict === 'late') counters.late += 1;
    if (verdict === 'hole') this.hole(update, last);
    if (!isNew(verdict)) return;
    counters.conflated += update.conflated ?? 0;
    this.deliver(update, this.originOf(update));
  }

  feed(message: FeedStale | FeedLive): void {
    const { stale, events, now } = this.parts;
    if (message.type === 'feed:live') stale.live(message.tokenId);
    else stale.stale(message, this.tracker.lastOf(message.tokenId), now());
    events.emit('feed', message);
  }

  /** Of this connection's newest live updates; undefined until both a price and a pong have come. */
  deliveryQuantiles(wanted: readonly number[]): (number | undefined)[] {
    return this.transit.quantiles(...wanted).map((ms) => this.corrected(ms));
  }

  volume(update: VolumeUpdate): void {
    this.parts.resume.saw(update.seq);
    this.parts.events.emit('volume', update);
  }

  market(statistics: MarketStatistics): void {
    this.parts.resume.saw(statistics.seq);
    this.parts.events.emit('market', statistics);
  }

  private goesOn(recovered: boolean): void {
    this.recovered = recovered;
    this.parts.events.emit('resumed', recovered);
  }

  private originOf(update: PriceUpdate): UpdateOrigin {
    return this.recovered && update.timestamp < this.since ? 'resumed' : 'live';
  }

  private hole(update: PriceUpdate, last: number): void {
    this.parts.counters.holes += 1;
    this.parts.events.emit('hole', { tokenId: update.tokenId, last, update });
  }

  private deliver(update: PriceUpdate, origin: UpdateOrigin): void {
    const { counters, stale, events, now } = this.parts;
    counters.updates += 1;
    const measurable = origin === 'live' && update.timestamp >= this.since;
    const transitMs = measurable ? now() - update.timestamp : undefined;
    if (transitMs !== undefined) this.transit.add(transitMs);
    stale.priced(update, origin);
    events.emit('update', { update, origin, deliveryMs: this.corrected(transitMs) });
  }

  private corrected(transitMs: number | undefined): number | undefined {
    const { offsetMs } = this.parts.clock;
    return transitMs === undefined || offsetMs === undefined ? undefined : Math.max(0, transitMs + offsetMs);
  }
}
