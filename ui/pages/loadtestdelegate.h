// LoadTestDelegate: colours of a load test's verdicts.
// Thread: main. Owner: the table.
#pragma once

#include <QStyledItemDelegate>

namespace odin {

class LoadTestDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace odin
