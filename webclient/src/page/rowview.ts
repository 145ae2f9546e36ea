// One row of the table.

import { setData, setText } from './dom.ts';
import { ARROWS, directionOf, formatAge, formatChange, formatPrice, formatVolume, NOTHING } from './format.ts';
import { hashOf } from './selection.ts';
import type { TokenRow } from './tokenbook.ts';

/** How long a price keeps the colour of its last move. */
const MOVE_SHOWN_MS = 700;

export class RowView {
  readonly element = document.createElement('tr');
  private readonly row: TokenRow;
  private readonly link = document.createElement('a');
  private readonly price = cell('td', 'price');
  private readonly change = cell('td', 'change');
  private readonly arrow = document.createElement('span');
  private readonly percent = document.createElement('span');
  private readonly volume = cell('td', 'volume');
  private readonly age = cell('td', 'age');

  constructor(row: TokenRow) {
    this.row = row;
    this.element.dataset['token'] = row.tokenId;
    const token = cell('th', 'token');
    token.scope = 'row';
    token.title = row.tokenId;
    this.link.href = hashOf(row.tokenId);
    this.link.textContent = row.tokenId;
    token.append(this.link);
    this.arrow.className = 'arrow';
    this.arrow.ariaHidden = 'true';
    this.change.append(this.arrow, this.percent);
    this.element.append(token, this.price, this.change, this.volume, this.age);
  }

  /** Everything that changes with an update. */
  draw(): void {
    const { price, decimals, change, volume, stale } = this.row;
    setText(this.price, price === undefined ? NOTHING : formatPrice(price, decimals));
    setText(this.volume, volume === undefined ? NOTHING : formatVolume(volume));
    setText(this.percent, change === undefined ? NOTHING : formatChange(change));
    const direction = change === undefined ? 'flat' : directionOf(change);
    setText(this.arrow, ARROWS[direction]);
    setData(this.change, 'direction', direction);
    setData(this.element, 'stale', stale ? 'true' : undefined);
  }

  /** Everything that changes with time, and by a hand. */
  tick(now: number, serverNow: number, chosen: string | undefined): void {
    const { tokenId, timestamp, stale, move, movedAt } = this.row;
    this.choose(tokenId === chosen);
    const age = timestamp === undefined ? NOTHING : formatAge(serverNow - timestamp);
    setText(this.age, stale && timestamp !== undefined ? `stale ${age}` : age);
    setData(this.price, 'move', now - movedAt < MOVE_SHOWN_MS ? move : undefined);
  }

  private choose(chosen: boolean): void {
    if (chosen === (this.element.dataset['chosen'] !== undefined)) return;
    setData(this.element, 'chosen', chosen ? 'true' : undefined);
    this.link.ariaCurrent = chosen ? 'true' : null;
  }
}

function cell<K extends 'td' | 'th'>(kind: K, column: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(kind);
  element.dataset['col'] = column;
  element.className = `col-${column}`;
  return element;
}
