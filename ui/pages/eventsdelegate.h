// EventsDelegate: colours of the recent events by what they mean.
// Thread: main. Owner: the table.
#pragma once

#include <QStyledItemDelegate>

namespace odin {

class EventsDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace odin
