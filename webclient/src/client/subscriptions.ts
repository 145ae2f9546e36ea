// Remembers what was subscribed, to ask for it again on every connection.

import type { ClientCommand, ResumePosition, SubscriptionRequest } from './messages.ts';

type SubscribeCommand = Extract<ClientCommand, { type: 'subscribe' }>;

interface Entry {
  request: SubscriptionRequest;
  /** Granted once: only then does "go on where I was" mean anything for it. */
  granted: boolean;
  /** Of the command that is waiting for its reply. */
  id: number;
}

export class Subscriptions {
  private entries: Entry[] = [];
  /** Tokens taken out of a `*`. */
  private readonly excluded = new Set<string>();
  private readonly nextId: () => number;

  constructor(nextId: () => number) {
    this.nextId = nextId;
  }

  /** A token that was asked for before is asked for anew, with the new options. */
  add(request: SubscriptionRequest): ClientCommand {
    const all = request.tokens.includes('*');
    this.takeOut(request.tokens);
    if (all) this.excluded.clear();
    for (const tokenId of request.tokens) this.excluded.delete(tokenId);
    const entry = { request, granted: false, id: this.nextId() };
    this.entries.push(entry);
    return command(entry, undefined);
  }

  remove(tokens: readonly string[]): ClientCommand {
    this.takeOut(tokens);
    const wildcard = this.entries.some((entry) => entry.request.tokens.includes('*'));
    if (wildcard) for (const tokenId of tokens) this.excluded.add(tokenId);
    else this.excluded.clear();
    return { type: 'unsubscribe', id: this.nextId(), tokens };
  }

  /** Everything, for a new connection. */
  commands(position: ResumePosition | undefined): ClientCommand[] {
    const commands: ClientCommand[] = this.entries.map((entry) => {
      entry.id = this.nextId();
      return command(entry, entry.granted ? position : undefined);
    });
    if (this.excluded.size > 0) commands.push({ type: 'unsubscribe', id: this.nextId(), tokens: [...this.excluded] });
    return commands;
  }

  granted(id: number | undefined): void {
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (entry) entry.granted = true;
  }

  /** The server refused the position itself: the same again, from the present. */
  withoutResume(id: number | undefined): SubscribeCommand | undefined {
    const entry = this.entries.find((candidate) => candidate.id === id && candidate.granted);
    if (!entry) return undefined;
    entry.granted = false;
    entry.id = this.nextId();
    return command(entry, undefined);
  }

  private takeOut(tokens: readonly string[]): void {
    this.entries = this.entries
      .map((entry) => ({ ...entry, request: without(entry.request, tokens) }))
      .filter((entry) => entry.request.tokens.length > 0);
  }
}

function without(request: SubscriptionRequest, tokens: readonly string[]): SubscriptionRequest {
  return { ...request, tokens: request.tokens.filter((tokenId) => !tokens.includes(tokenId)) };
}

function command(entry: Entry, resume: ResumePosition | undefined): SubscribeCommand {
  return { type: 'subscribe', id: entry.id, ...entry.request, ...(resume && { resume }) };
}
