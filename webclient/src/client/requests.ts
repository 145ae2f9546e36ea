// Commands that wait for their own answer, matched by `id`: each ends with the answer, an error, the end of the
// connection or a deadline.

import type { Environment } from './environment.ts';
import type { ServerError } from './messages.ts';

/** Why there was no answer. `code` is the server's; undefined when it never said anything. */
export class RequestError extends Error {
  readonly code: number | undefined;
  readonly retryable: boolean;

  constructor(reason: string, retryable: boolean, code?: number) {
    super(reason);
    this.name = 'RequestError';
    this.retryable = retryable;
    this.code = code;
  }
}

/** More are not sent: whoever asks faster than answers come is told so at once. */
export const PENDING_REQUESTS_MAX = 64;

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: RequestError): void;
  timer: unknown;
}

export class PendingRequests<Answer> {
  private readonly env: Environment;
  private readonly waiting = new Map<number, Waiting<Answer>>();

  constructor(env: Environment) {
    this.env = env;
  }

  /** `send` is called at once; false from it means that there is no connection. */
  start(id: number, limitMs: number, send: () => boolean): Promise<Answer> {
    if (this.waiting.size >= PENDING_REQUESTS_MAX) return refused('Too many requests are waiting for an answer');
    if (!send()) return refused('Not connected');
    return new Promise((resolve, reject) => {
      const timer = this.env.setTimeout(() => this.expired(id), limitMs);
      this.waiting.set(id, { resolve, reject, timer });
    });
  }

  /** An answer that nobody waits for is ignored: it came too late. */
  answered(id: number | undefined, answer: Answer): void {
    this.take(id)?.resolve(answer);
  }

  failed(error: ServerError): void {
    this.take(error.id)?.reject(new RequestError(error.reason, error.retryable === true, error.code));
  }

  /** The connection is over, and with it every answer. */
  closed(): void {
    for (const id of [...this.waiting.keys()]) this.take(id)?.reject(new RequestError('The connection ended', true));
  }

  private expired(id: number): void {
    this.take(id)?.reject(new RequestError('No answer in time', true));
  }

  private take(id: number | undefined): Waiting<Answer> | undefined {
    const found = id === undefined ? undefined : this.waiting.get(id);
    if (id === undefined || !found) return undefined;
    this.waiting.delete(id);
    this.env.clearTimeout(found.timer);
    return found;
  }
}

function refused(reason: string): Promise<never> {
  return Promise.reject(new RequestError(reason, true));
}
