// Lamp, badge, the button, and the notice that says what is wrong and when the next try is.

import type { ClientState, OdinClient, StateName } from '../client/index.ts';
import { need, setData, setText } from './dom.ts';

const WORDS: Readonly<Record<StateName, string>> = {
  idle: 'Disconnected',
  connecting: 'Connecting',
  live: 'Live',
  degraded: 'Degraded',
  reconnecting: 'Reconnecting',
  stopped: 'Stopped',
};

export class StatusView {
  private readonly lamp = need('lamp');
  private readonly word = need('lamp-word');
  private readonly badge = need('simulated');
  private readonly toggle = need('toggle');
  private readonly notice = need('notice');
  private readonly noticeText = need('notice-text');
  private readonly countdown = need('countdown');
  private readonly retry = need('retry');
  private readonly client: OdinClient;

  constructor(client: OdinClient) {
    this.client = client;
    this.toggle.addEventListener('click', () => (isOff(client.state) ? client.connect() : client.disconnect()));
    this.retry.addEventListener('click', () => client.retryNow());
  }

  /** Whether prices flow, or would if there were any. */
  get isLive(): boolean {
    const { name } = this.client.state;
    return name === 'live' || name === 'degraded';
  }

  simulated(simulated: boolean): void {
    this.badge.hidden = !simulated;
  }

  draw(): void {
    const { state } = this.client;
    setData(document.body, 'state', state.name);
    setData(this.lamp, 'state', state.name);
    setText(this.word, WORDS[state.name]);
    setText(this.toggle, isOff(state) ? 'Connect' : 'Disconnect');
    this.drawNotice(state);
  }

  private drawNotice(state: ClientState): void {
    const waiting = state.name === 'reconnecting';
    const text = 'reason' in state ? `${state.reason}.` : '';
    this.notice.hidden = text === '';
    this.retry.hidden = !waiting;
    setText(this.noticeText, text);
    setText(this.countdown, waiting ? `Next try in ${Math.ceil(this.client.retryInMs / 1_000)} s` : '');
  }
}

/** Whether the button offers to connect. */
function isOff(state: ClientState): boolean {
  return state.name === 'idle' || state.name === 'stopped';
}
