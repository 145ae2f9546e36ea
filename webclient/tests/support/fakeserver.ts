// A scriptable server around a real client: time, chance and every message are the test's.

import { OdinClient, type ClientOptions, type ClientState, type PriceUpdate, type ServerMessage } from '../../src/client/index.ts';
import { FakeSocket } from './fakesocket.ts';
import { FakeTime } from './faketime.ts';

export class FakeServer {
  readonly time = new FakeTime();
  readonly sockets: FakeSocket[] = [];
  readonly client: OdinClient;
  readonly states: ClientState[] = [];
  /** What Math.random would give. */
  chance = 0.5;
  /** Server clock minus client clock. */
  clockAheadMs = 0;
  epoch = 'epoch-1';
  authExpires: number | undefined;

  constructor(options: Pick<ClientOptions, 'token' | 'resumeMsMax'> = {}) {
    const { sockets, time } = this;
    class Socket extends FakeSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    }
    const { now, setTimeout, clearTimeout } = time;
    const environment = { WebSocket: Socket, now, setTimeout, clearTimeout, random: () => this.chance };
    this.client = new OdinClient({ url: 'ws://gateway/ws', environment, ...options });
    this.client.on('state', (state) => this.states.push(state));
  }

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('the client has not opened a socket');
    return socket;
  }

  get now(): number {
    return this.time.now() + this.clockAheadMs;
  }

  say(message: ServerMessage): void {
    this.raw(JSON.stringify(message));
  }

  raw(data: unknown): void {
    this.socket.fire('message', { data });
  }

  /** The socket opens and the server introduces itself. */
  welcome(heartbeatMs = 15_000): void {
    this.socket.fire('open');
    this.say({
      type: 'welcome', sessionId: 's', node: 'n', version: '1', epoch: this.epoch, serverTime: this.now, heartbeatMs,
      simulated: true, durability: 'jetstream', tokens: ['BTC'], limits: {},
      ...(this.authExpires !== undefined && { authExpires: this.authExpires }),
    });
  }

  /** Answers the newest subscribe command; what was missed, if it can be had, is nothing, or still to come. */
  grant(recovered?: boolean, replay: 'nothing' | 'to come' = 'nothing'): void {
    const command = this.socket.commands('subscribe').at(-1);
    this.say({
      type: 'subscribed', id: command?.['id'] as number, tokens: ['*'], channels: ['price'], mode: 'auto',
      ...(recovered !== undefined && { recovered }),
    });
    if (recovered === true && replay === 'nothing') this.resumed();
  }

  /** The replay for the newest subscribe command is through. */
  resumed(seq = 0): void {
    this.say({ type: 'resumed', id: this.socket.commands('subscribe').at(-1)?.['id'] as number, seq });
  }

  price(seq: number, prev: number, more: Partial<PriceUpdate> = {}): void {
    this.say(priceUpdate(seq, prev, { timestamp: this.now, ...more }));
  }

  /** Answers the newest ping. */
  pong(): void {
    const command = this.socket.commands('ping').at(-1);
    this.say({ type: 'pong', id: command?.['id'] as number, clientTime: 0, serverTime: this.now });
  }

  close(code: number): void {
    this.socket.fire('close', { code, reason: '' });
  }

  /** Connected and welcomed. */
  live(): this {
    this.client.connect();
    this.welcome();
    return this;
  }

  /** Lets the next try happen now. */
  reconnect(): void {
    this.time.advance(this.client.retryInMs);
    this.welcome();
  }
}

export function priceUpdate(seq: number, prev: number, more: Partial<PriceUpdate> = {}): PriceUpdate {
  return {
    type: 'price:update', tokenId: 'BTC', price: 100 + seq, volume24h: 1, priceChange24h: 0, timestamp: 0,
    source: 'trade', nonce: `n${seq}`, seq, prev, ...more,
  };
}
