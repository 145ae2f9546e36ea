// The table of tokens: one row view per row of the book.

import type { Colours } from './colours.ts';
import { need } from './dom.ts';
import { DrawQueue } from './drawqueue.ts';
import { RowView } from './rowview.ts';
import type { SparklineBox } from './sparkline.ts';
import type { TokenBook, TokenRow } from './tokenbook.ts';

/** Ages and lines: often enough for tenths of a second. */
export const TICK_MS = 100;
/** As in table.css. */
const LINE_HEIGHT_REM = 1.375;

export class TableView {
  private readonly body = need('rows');
  private readonly empty = need('empty');
  private readonly views = new Map<TokenRow, RowView>();
  private readonly queue = new DrawQueue<TokenRow>();
  private readonly byElement = new WeakMap<Element, RowView>();
  private readonly book: TokenBook;
  private readonly box: SparklineBox;
  private readonly watcher: IntersectionObserver;
  private tickedAt = -Infinity;
  private chosen: string | undefined;

  /** `choose` hears of every row that is clicked or, on its token, entered with the keyboard. */
  constructor(book: TokenBook, colours: Colours, choose: (tokenId: string) => void) {
    this.book = book;
    this.box = { width: 0, height: 0, colours };
    this.watcher = new IntersectionObserver((entries) => this.seen(entries), { rootMargin: '25%' });
    new ResizeObserver(([head]) => this.resized(head?.contentRect.width ?? 0)).observe(need('trend-head'));
    this.body.addEventListener('click', (event) => clicked(event, choose));
  }

  draw(now: number, serverNow: number, chosen: string | undefined, live: boolean): void {
    this.queue.add(this.book.takeChanged());
    for (const row of this.queue.take(now, (row) => this.isSeen(row))) this.viewOf(row).draw(now, serverNow);
    this.empty.hidden = this.book.size > 0;
    if (now - this.tickedAt < TICK_MS && chosen === this.chosen) return;
    for (const view of this.views.values()) view.tick(now, serverNow, chosen, live);
    this.tickedAt = now;
    this.chosen = chosen;
  }

  /** To where the keyboard was before it went into the chart. */
  focus(tokenId: string): void {
    const row = this.book.find(tokenId);
    if (row) this.views.get(row)?.focus();
  }

  /** A row without a view is to get one at once. */
  private isSeen(row: TokenRow): boolean {
    return this.views.get(row)?.visible ?? true;
  }

  private viewOf(row: TokenRow): RowView {
    let view = this.views.get(row);
    if (!view) {
      view = new RowView(row, this.box);
      this.views.set(row, view);
      this.byElement.set(view.element, view);
      this.body.append(view.element);
      this.watcher.observe(view.element);
    }
    return view;
  }

  /** A wall has larger letters, and with them larger lines. */
  private resized(width: number): void {
    this.box.width = Math.floor(width);
    this.box.height = Math.round(LINE_HEIGHT_REM * parseFloat(getComputedStyle(document.documentElement).fontSize));
  }

  private seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const view = this.byElement.get(target);
      if (view) view.visible = isIntersecting;
    }
  }
}

/** Clicks with a modifier are the browser's: they open the link elsewhere. */
function clicked(event: MouseEvent, choose: (tokenId: string) => void): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('tr[data-token]') : null;
  if (row?.dataset['token'] === undefined) return;
  event.preventDefault();
  choose(row.dataset['token']);
}
