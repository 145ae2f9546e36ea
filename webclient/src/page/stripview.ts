// The strip of figures about this connection.

import { RateMeter, type OdinClient, type UpdateEvent } from '../client/index.ts';
import { need, setText } from './dom.ts';
import { formatCount, formatLatency, formatRate, NOTHING } from './format.ts';

/** Figures that change faster than this cannot be read. */
const REFRESH_MS = 500;

export class StripView {
  private readonly client: OdinClient;
  private readonly rate = new RateMeter();
  private roundTripMs: number | undefined;
  private recovered: boolean | undefined;
  private resumedUpdates = 0;
  private drawnAt = -Infinity;

  constructor(client: OdinClient) {
    this.client = client;
    client.on('roundTrip', (ms) => (this.roundTripMs = ms));
    client.on('resumed', (recovered) => this.resumed(recovered));
    client.on('welcome', () => this.reset());
    client.on('state', () => (this.drawnAt = -Infinity));
  }

  update(event: UpdateEvent, now: number): void {
    if (event.origin === 'resumed') this.resumedUpdates += 1;
    if (event.origin === 'live') this.rate.add(now);
  }

  draw(now: number): void {
    if (now - this.drawnAt < REFRESH_MS) return;
    this.drawnAt = now;
    const connected = this.client.state.name === 'live' || this.client.state.name === 'degraded';
    const [p50, p99] = connected ? this.client.deliveryQuantiles(0.5, 0.99) : [];
    setText(need('meter-round-trip'), formatLatency(connected ? this.roundTripMs : undefined));
    setText(need('meter-p50'), formatLatency(p50));
    setText(need('meter-p99'), formatLatency(p99));
    setText(need('meter-updates'), connected ? formatRate(this.rate.perSecond(now)) : NOTHING);
    setText(need('meter-holes'), formatCount(this.client.counters.holes));
    setText(need('meter-thinned'), formatCount(this.client.counters.conflated));
    this.drawResumed();
  }

  private resumed(recovered: boolean): void {
    this.recovered = recovered;
    this.resumedUpdates = 0;
  }

  /** The unit is an element of its own, because a phone has no room for it. */
  private drawResumed(): void {
    const { recovered, resumedUpdates } = this;
    const answer = recovered ? `yes, ${formatCount(resumedUpdates)}` : 'no';
    setText(need('meter-resumed'), recovered === undefined ? NOTHING : answer);
    setText(need('meter-resumed-unit'), recovered ? ` ${resumedUpdates === 1 ? 'update' : 'updates'}` : '');
  }

  /** Another connection has another way, and its own figures. */
  private reset(): void {
    this.rate.reset();
    this.roundTripMs = undefined;
  }
}
