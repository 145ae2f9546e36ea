// Which token is chosen, kept in the address (#BTC): a link can name it, and Back undoes the choice.

const TOKEN_ID = /^[A-Za-z0-9_-]{1,32}$/;

export class Selection {
  private readonly changed: (tokenId: string | undefined) => void;
  private chosen: string | undefined;

  /** `changed` hears of every other choice, and at once of the one in the address. */
  constructor(changed: (tokenId: string | undefined) => void) {
    this.changed = changed;
    window.addEventListener('popstate', () => this.read());
    this.read();
  }

  get tokenId(): string | undefined {
    return this.chosen;
  }

  /** Undefined: none. Not by setting location.hash, which would scroll to an element of that name. */
  choose(tokenId: string | undefined): void {
    const hash = tokenId === undefined ? location.pathname + location.search : hashOf(tokenId);
    if (tokenId !== this.chosen) window.history.pushState(null, '', hash);
    this.read();
  }

  private read(): void {
    const tokenId = tokenOfHash(location.hash);
    if (tokenId === this.chosen) return;
    this.chosen = tokenId;
    this.changed(tokenId);
  }
}

export function hashOf(tokenId: string): string {
  return `#${encodeURIComponent(tokenId)}`;
}

/** Undefined for what cannot be a token. */
export function tokenOfHash(hash: string): string | undefined {
  const tokenId = hash.slice(1);
  return TOKEN_ID.test(tokenId) ? tokenId : undefined;
}
