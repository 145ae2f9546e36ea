// One row of the table.

import type { ColourName } from './colours.ts';
import { setData, setText } from './dom.ts';
import { ARROWS, directionOf, formatAge, formatChange, formatPrice, formatVolume, NOTHING, type Direction } from './format.ts';
import { hashOf } from './selection.ts';
import { Sparkline, type SparklineBox } from './sparkline.ts';
import type { TokenRow } from './tokenbook.ts';

/** How long a price keeps the colour of its last move. */
const MOVE_SHOWN_MS = 700;
/** Its points are a second apart. */
const LINE_EVERY_MS = 1_000;

const LINE_COLOURS: Readonly<Record<Direction, ColourName>> = { up: 'up', down: 'down', flat: 'muted' };

export class RowView {
  readonly element = document.createElement('tr');
  private near = false;
  private readonly row: TokenRow;
  private readonly link = document.createElement('a');
  private readonly price = cell('td', 'price');
  private readonly priceText = valueIn(this.price);
  private readonly change = cell('td', 'change');
  private readonly arrow = document.createElement('span');
  private readonly percent = document.createElement('span');
  private readonly volume = cell('td', 'volume');
  private readonly volumeText = valueIn(this.volume);
  private readonly age = cell('td', 'age');
  private readonly ageText = valueIn(this.age);
  private readonly line: Sparkline;
  private lineDrawnAt = -Infinity;

  constructor(row: TokenRow, box: SparklineBox) {
    this.row = row;
    this.line = new Sparkline(box);
    this.line.element.hidden = true;
    this.element.dataset['token'] = row.tokenId;
    const token = cell('th', 'token');
    token.scope = 'row';
    token.title = row.tokenId;
    this.link.href = hashOf(row.tokenId);
    this.link.textContent = row.tokenId;
    token.append(this.link);
    this.arrow.className = 'arrow';
    this.arrow.ariaHidden = 'true';
    valueIn(this.change).append(this.arrow, this.percent);
    const trend = cell('td', 'trend');
    trend.append(this.line.element);
    this.element.append(token, this.price, this.change, this.volume, trend, this.age);
  }

  /** Whether it is near what can be seen: beyond, it has no line, and its age waits for the next price. */
  get visible(): boolean {
    return this.near;
  }

  set visible(visible: boolean) {
    this.near = visible;
    this.line.element.hidden = !visible;
  }

  /** Everything that changes with an update. */
  draw(now: number, serverNow: number): void {
    const { price, decimals, change, volume, stale } = this.row;
    setText(this.priceText, price === undefined ? NOTHING : formatPrice(price, decimals));
    setText(this.volumeText, volume === undefined ? NOTHING : formatVolume(volume));
    setText(this.percent, change === undefined ? NOTHING : formatChange(change));
    setText(this.arrow, ARROWS[this.direction]);
    setData(this.change, 'direction', this.direction);
    setData(this.element, 'stale', stale ? 'true' : undefined);
    this.drawMove(now);
    this.drawAge(serverNow);
  }

  /** Everything that changes with time, and by a hand. `live`: prices flow. */
  tick(now: number, serverNow: number, chosen: string | undefined, live: boolean): void {
    const { tokenId, stale, trend } = this.row;
    this.choose(tokenId === chosen);
    this.drawMove(now);
    if (!this.near) return;
    this.drawAge(serverNow);
    if (now - this.lineDrawnAt < LINE_EVERY_MS) return;
    this.line.draw(trend, stale || !live ? 'muted' : LINE_COLOURS[this.direction]);
    this.lineDrawnAt = now;
  }

  focus(): void {
    this.link.focus({ preventScroll: true });
  }

  private get direction(): Direction {
    return this.row.change === undefined ? 'flat' : directionOf(this.row.change);
  }

  private drawAge(serverNow: number): void {
    const { timestamp, stale } = this.row;
    const age = timestamp === undefined ? NOTHING : formatAge(serverNow - timestamp);
    setText(this.ageText, stale && timestamp !== undefined ? `stale ${age}` : age);
  }

  private drawMove(now: number): void {
    setData(this.price, 'move', now - this.row.movedAt < MOVE_SHOWN_MS ? this.row.move : undefined);
  }

  private choose(chosen: boolean): void {
    if (chosen === (this.element.dataset['chosen'] !== undefined)) return;
    setData(this.element, 'chosen', chosen ? 'true' : undefined);
    this.link.ariaCurrent = chosen ? 'true' : null;
  }
}

/** A box of its own in the cell: a number that changes must not make the browser lay the whole table out again. */
function valueIn(td: HTMLElement): HTMLElement {
  const value = document.createElement('span');
  value.className = 'value';
  td.append(value);
  return value;
}

function cell<K extends 'td' | 'th'>(kind: K, column: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(kind);
  element.dataset['col'] = column;
  element.className = `col-${column}`;
  return element;
}
