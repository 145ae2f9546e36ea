// What arrives of the feed itself: judges it, counts it, tells it.

import type { ServerClock } from './clock.ts';
import type { Emitter } from './emitter.ts';
import { isNew, SequenceTracker } from './holes.ts';
import type { MarketStatistics, PriceSnapshot, PriceUpdate, Subscribed, VolumeUpdate, Welcome } from './messages.ts';
import type { ResumePoint } from './resume.ts';
import type { ClientEvents, Counters, UpdateOrigin } from './state.ts';
import { LatencyWindow } from './stats.ts';

export class FeedInbox {
  private readonly tracker = new SequenceTracker();
  /** Local time of arrival minus the publisher's time. The offset is added when asked: it gets better with every ping. */
  private readonly transit = new LatencyWindow();
  private readonly resume: ResumePoint;
  private readonly clock: ServerClock;
  private readonly counters: Counters;
  private readonly events: Emitter<ClientEvents>;
  private readonly now: () => number;
  /** Server time at which this connection began. What is older was not late, we were away. */
  private since = 0;
  private recovered = false;

  constructor(resume: ResumePoint, clock: ServerClock, counters: Counters, events: Emitter<ClientEvents>, now: () => number) {
    this.resume = resume;
    this.clock = clock;
    this.counters = counters;
    this.events = events;
    this.now = now;
  }

  begin(welcome: Welcome, resuming: number): void {
    this.since = welcome.serverTime;
    this.recovered = false;
    this.transit.reset();
    if (this.resume.enter(welcome.epoch, resuming)) this.tracker.forget();
  }

  subscribed(reply: Subscribed): void {
    if (reply.recovered === false) this.notRecovered();
    if (reply.recovered === true) this.caughtUp(true);
  }

  /** The server could not go on from where we were. */
  notRecovered(): void {
    this.tracker.forget();
    this.caughtUp(false);
  }

  snapshot(snapshot: PriceSnapshot): void {
    for (const update of snapshot.updates) {
      this.resume.saw(update.seq);
      if (this.tracker.rebase(update)) this.deliver(update, 'snapshot');
    }
  }

  price(update: PriceUpdate): void {
    const last = this.tracker.lastOf(update.tokenId) ?? 0;
    const verdict = this.tracker.judge(update);
    this.resume.saw(update.seq);
    this.counters.conflated += update.conflated ?? 0;
    if (verdict === 'duplicate') this.counters.duplicates += 1;
    if (verdict === 'late') this.counters.late += 1;
    if (verdict === 'hole') this.hole(update, last);
    if (isNew(verdict)) this.deliver(update, this.originOf(update));
  }

  /** Of this connection's newest live updates; undefined until both a price and a pong have come. */
  deliveryQuantiles(wanted: readonly number[]): (number | undefined)[] {
    return this.transit.quantiles(...wanted).map((ms) => this.corrected(ms));
  }

  volume(update: VolumeUpdate): void {
    this.resume.saw(update.seq);
    this.events.emit('volume', update);
  }

  market(statistics: MarketStatistics): void {
    this.resume.saw(statistics.seq);
    this.events.emit('market', statistics);
  }

  private caughtUp(recovered: boolean): void {
    this.recovered = recovered;
    this.resume.caughtUp();
    this.events.emit('resumed', recovered);
  }

  private originOf(update: PriceUpdate): UpdateOrigin {
    return this.recovered && update.timestamp < this.since ? 'resumed' : 'live';
  }

  private hole(update: PriceUpdate, last: number): void {
    this.counters.holes += 1;
    this.events.emit('hole', { tokenId: update.tokenId, last, update });
  }

  private deliver(update: PriceUpdate, origin: UpdateOrigin): void {
    this.counters.updates += 1;
    const measurable = origin === 'live' && update.timestamp >= this.since;
    const transitMs = measurable ? this.now() - update.timestamp : undefined;
    if (transitMs !== undefined) this.transit.add(transitMs);
    this.events.emit('update', { update, origin, deliveryMs: this.corrected(transitMs) });
  }

  private corrected(transitMs: number | undefined): number | undefined {
    const { offsetMs } = this.clock;
    return transitMs === undefined || offsetMs === undefined ? undefined : Math.max(0, transitMs + offsetMs);
  }
}
