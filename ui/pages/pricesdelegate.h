// PricesDelegate: fonts and colours of the table of prices, and the line of the last minute.
// Thread: main. Owner: the table.
#pragma once

#include <QStyledItemDelegate>

namespace odin {

class PricesDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace odin
