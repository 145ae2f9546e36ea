// CommandDelegate: a command in the palette: its words, where else it is, its shortcut at the right.
// Thread: main. Owner: the list.
#pragma once

#include <QStyledItemDelegate>

namespace odin {

class CommandDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace odin
