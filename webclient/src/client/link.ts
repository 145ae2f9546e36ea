// One socket from opening to its end. It ends exactly once, and says nothing any more after it was abandoned.

import type { Environment, SocketLike } from './environment.ts';
import type { ClientCommand } from './messages.ts';

export interface LinkHandlers {
  text(data: unknown): void;
  ended(code: number): void;
}

export class Link {
  private readonly socket: SocketLike;
  private readonly handlers: LinkHandlers;
  private open = false;
  private over = false;

  /** Throws what the WebSocket constructor throws: an address that can never work. */
  constructor(env: Environment, url: string, protocols: string[], handlers: LinkHandlers) {
    this.handlers = handlers;
    this.socket = new env.WebSocket(url, protocols);
    this.socket.addEventListener('open', () => (this.open = true));
    this.socket.addEventListener('message', (event) => this.over || handlers.text(event.data));
    this.socket.addEventListener('close', (event) => this.end(event.code));
    // The close event that follows an error says the same; the listener keeps Node's sockets from throwing.
    this.socket.addEventListener('error', () => undefined);
  }

  /** Before the opening and after the end a command is dropped: it is sent again on the next connection. */
  send(command: ClientCommand): void {
    if (this.open && !this.over) this.socket.send(JSON.stringify(command));
  }

  /** Closes without waiting: the close event of a dead connection can take minutes. */
  abandon(): void {
    if (this.over) return;
    this.over = true;
    this.socket.close(1000);
  }

  private end(code: number): void {
    if (this.over) return;
    this.over = true;
    this.handlers.ended(code);
  }
}
