// The table of tokens: one row view per row of the book.

import { need } from './dom.ts';
import { RowView } from './rowview.ts';
import type { TokenBook, TokenRow } from './tokenbook.ts';

export class TableView {
  private readonly body = need('rows');
  private readonly empty = need('empty');
  private readonly views = new Map<TokenRow, RowView>();
  private readonly book: TokenBook;

  constructor(book: TokenBook) {
    this.book = book;
  }

  draw(now: number, serverNow: number): void {
    for (const row of this.book.takeChanged()) this.viewOf(row).draw();
    for (const view of this.views.values()) view.tick(now, serverNow);
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
