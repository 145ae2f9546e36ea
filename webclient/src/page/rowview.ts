// One row of the table.

import { setData, setText } from './dom.ts';
import { directionOf, formatAge, formatChange, formatPrice, formatVolume, NOTHING, type Direction } from './format.ts';
import type { TokenRow } from './tokenbook.ts';

/** How long a price keeps the colour of its last move. */
const MOVE_SHOWN_MS = 700;

const ARROWS: Readonly<Record<Direction, string>> = { up: '▲', down: '▼', flat: '' };

export class RowView {
  readonly element = document.createElement('tr');
  private readonly row: TokenRow;
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
    token.textContent = row.tokenId;
    token.title = row.tokenId;
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

  /** Everything that changes with time. */
  tick(now: number, serverNow: number): void {
    const { timestamp, stale, move, movedAt } = this.row;
    const age = timestamp === undefined ? NOTHING : formatAge(serverNow - timestamp);
    setText(this.age, stale && timestamp !== undefined ? `stale ${age}` : age);
    setData(this.price, 'move', now - movedAt < MOVE_SHOWN_MS ? move : undefined);
  }
}

function cell<K extends 'td' | 'th'>(kind: K, column: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(kind);
  element.dataset['col'] = column;
  element.className = `col-${column}`;
  return element;
}
