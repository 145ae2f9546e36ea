// The table of tokens: one row view per row of the book.

import { need } from './dom.ts';
import { RowView } from './rowview.ts';
import type { TokenBook, TokenRow } from './tokenbook.ts';

export class TableView {
  private readonly body = need('rows');
  private readonly empty = need('empty');
  private readonly views = new Map<TokenRow, RowView>();
  private readonly book: TokenBook;

  /** `choose` hears of every row that is clicked or, on its token, entered with the keyboard. */
  constructor(book: TokenBook, choose: (tokenId: string) => void) {
    this.book = book;
    this.body.addEventListener('click', (event) => clicked(event, choose));
  }

  draw(now: number, serverNow: number, chosen: string | undefined): void {
    for (const row of this.book.takeChanged()) this.viewOf(row).draw();
    for (const view of this.views.values()) view.tick(now, serverNow, chosen);
    this.empty.hidden = this.book.size > 0;
  }

  private viewOf(row: TokenRow): RowView {
    let view = this.views.get(row);
    if (!view) {
      view = new RowView(row);
      this.views.set(row, view);
      this.body.append(view.element);
    }
    return view;
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
