// A WebSocket whose other end is the test.

import type { SocketLike } from '../../src/client/index.ts';

type Handler = (event: never) => void;

export class FakeSocket implements SocketLike {
  readonly url: string;
  readonly protocols: string[];
  readonly sent: Record<string, unknown>[] = [];
  closedByClient = false;
  private readonly handlers = new Map<string, Handler[]>();

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.closedByClient = true;
  }

  addEventListener(type: string, handler: Handler): void {
    this.handlers.set(type, [...(this.handlers.get(type) ?? []), handler]);
  }

  fire(type: string, event: unknown = {}): void {
    for (const handler of this.handlers.get(type) ?? []) handler(event as never);
  }

  /** Commands of one type that the client sent, oldest first. */
  commands(type: string): Record<string, unknown>[] {
    return this.sent.filter((command) => command['type'] === type);
  }
}
