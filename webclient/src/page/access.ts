// The access token of a gateway that wants one: kept for this tab, asked of the person in a form when there is none that works.

import type { ClientState, OdinClient, TokenNeed } from '../client/index.ts';
import { need, setText } from './dom.ts';

const KEY = 'odin-access-token';
/** Closed for want of a good token, by their numbers. */
const TOKEN_CODES: ReadonlySet<number> = new Set([4001, 4003, 4008]);

export class Access {
  private readonly form = need('access') as HTMLFormElement;
  private readonly input = need('access-token') as HTMLInputElement;
  private readonly hint = need('access-hint');
  private client: OdinClient | undefined;
  private expired = false;
  private welcomed = false;

  constructor() {
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.entered(this.input.value.trim());
    });
  }

  /** For the client: rejects when the person has to give one first. */
  readonly token = (why: TokenNeed): Promise<string> => {
    const kept = sessionStorage.getItem(KEY);
    if (why === 'renew') this.expired = true;
    return kept !== null && !this.expired ? Promise.resolve(kept) : Promise.reject(new Error('no access token'));
  };

  /** Connects when there is a token, and asks for one otherwise. */
  start(client: OdinClient): void {
    this.client = client;
    client.on('welcome', () => (this.welcomed = true));
    if (sessionStorage.getItem(KEY) !== null) client.connect();
  }

  draw(): void {
    const state = this.client?.state;
    if (!state) return;
    const asked = this.isAsked(state);
    if (this.form.hidden !== asked) return;
    this.form.hidden = !asked;
    setText(this.hint, this.expired ? 'The access token has expired' : this.wasTried ? 'The gateway did not take this access token' : 'This gateway needs an access token');
    if (asked) this.input.focus();
  }

  private get wasTried(): boolean {
    return sessionStorage.getItem(KEY) !== null;
  }

  /** A refusal at the door looks to a page like a connection that breaks: before the first welcome it may be one. */
  private isAsked(state: ClientState): boolean {
    if (this.expired || !this.wasTried) return true;
    if (state.name === 'stopped') return TOKEN_CODES.has(state.code);
    return state.name === 'reconnecting' && !this.welcomed;
  }

  private entered(token: string): void {
    if (token === '' || !this.client) return;
    sessionStorage.setItem(KEY, token);
    this.input.value = '';
    this.expired = false;
    this.form.hidden = true;
    this.client.disconnect();
    this.client.connect();
  }
}
