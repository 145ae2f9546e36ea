// ClientsDelegate: paints the table of clients: numbers in one width, what is not as it should be in its colour.
// Thread: main. Owner: the table.
#pragma once

#include <QStyledItemDelegate>

namespace odin {

class ClientsDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace odin
