// CSV: a table as text that spreadsheets read (RFC 4180), for export and copy.
// Thread: any, or that of the model. Owner: none, free functions.
#pragma once

#include <QList>
#include <QString>

class QAbstractItemModel;

namespace odin {

/// Quoted where it must be. Text that a spreadsheet would run as a formula (=, @, a tab) gets an apostrophe in front.
QString csvField(const QString &text);

/// A line of headers, then these rows (no rows: all) with these columns, in this order; lines end with CR LF.
QString csvOf(const QAbstractItemModel &model, const QList<int> &columns, QList<int> rows = {});

} // namespace odin
