// LogDelegate: colours of the log by severity.
// Thread: main. Owner: the table.
#pragma once

#include <QStyledItemDelegate>

namespace odin {

class LogDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace odin
