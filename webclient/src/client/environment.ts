// What the library needs from its host. Everything can be replaced, which is what makes the tests deterministic.

/** The part of the standard WebSocket that is used; browsers, Node and npm's `ws` all have it. */
export interface SocketLike {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void;
}

export type SocketConstructor = new (url: string, protocols: string[]) => SocketLike;

export interface Environment {
  WebSocket: SocketConstructor;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
  /** In [0, 1). */
  random(): number;
  /** Local wall clock in milliseconds, with fractions. */
  now(): number;
}

interface HostGlobals {
  WebSocket?: SocketConstructor;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
  performance: { timeOrigin: number; now(): number };
}

/** The host's own clock, timers and sockets, with replacements. Node before 22 has no WebSocket: bring one. */
export function hostEnvironment(replaced: Partial<Environment> = {}): Environment {
  const host = globalThis as unknown as HostGlobals;
  const WebSocket = replaced.WebSocket ?? host.WebSocket;
  if (!WebSocket) throw new Error('no WebSocket here: pass one as environment.WebSocket');
  return {
    setTimeout: (run, ms) => host.setTimeout(run, ms),
    clearTimeout: (handle) => host.clearTimeout(handle),
    random: Math.random,
    now: () => host.performance.timeOrigin + host.performance.now(),
    ...replaced,
    WebSocket,
  };
}
