// The smallest typed emitter that does the job.

export type Listener<T> = (event: T) => void;

export class Emitter<Events extends object> {
  private readonly listeners = new Map<keyof Events, Set<Listener<never>>>();
  private readonly report: (error: unknown) => void;

  /** `report` hears of listeners that throw; without it the host does, as of an unhandled rejection. */
  constructor(report: (error: unknown) => void = (error) => void Promise.reject(error)) {
    this.report = report;
  }

  /** Listens until the returned function is called. */
  on<K extends keyof Events>(name: K, listener: Listener<Events[K]>): () => void {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set.add(listener));
    return () => void set.delete(listener);
  }

  emit<K extends keyof Events>(name: K, event: Events[K]): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) {
      this.call(listener as Listener<Events[K]>, event);
    }
  }

  /** One listener's bug must neither stop the others nor the connection. */
  private call<T>(listener: Listener<T>, event: T): void {
    try {
      listener(event);
    } catch (error) {
      this.report(error);
    }
  }
}
