#include "ui/models/csv.h"

#include <QAbstractItemModel>

#include <algorithm>
#include <iterator>
#include <numeric>

namespace odin {

namespace {

template<class Text>
QString lineOf(const QList<int> &columns, Text text)
{
    QStringList fields;
    std::ranges::transform(columns, std::back_inserter(fields), [&](int column) { return csvField(text(column)); });
    return fields.join(u',') + QStringLiteral("\r\n");
}

} // namespace

QString csvField(const QString &text)
{
    static const QString formulas = QStringLiteral("=@\t");
    auto field = !text.isEmpty() && formulas.contains(text[0]) ? u'\'' + text : text;
    const auto special = [](QChar c) { return c == u',' || c == u'"' || c == u'\n' || c == u'\r'; };
    if (std::ranges::none_of(field, special))
        return field;
    return u'"' + field.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString csvOf(const QAbstractItemModel &model, const QList<int> &columns, QList<int> rows)
{
    if (rows.isEmpty()) {
        rows.resize(model.rowCount());
        std::iota(rows.begin(), rows.end(), 0);
    }
    auto text = lineOf(columns, [&](int column) { return model.headerData(column, Qt::Horizontal).toString(); });
    for (const int row : rows)
        text += lineOf(columns, [&](int column) { return model.index(row, column).data().toString(); });
    return text;
}

} // namespace odin
