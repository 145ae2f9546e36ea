// SavingsModel: the comparison of polling and push as a table, one line for each quantity.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "ui/models/savings.h"

#include <QAbstractTableModel>

#include <vector>

namespace odin {

class SavingsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Quantity, PollingNow, PushNow, Polling, Push, columnsEnd };

    using QAbstractTableModel::QAbstractTableModel;

    void setReport(const SavingsReport &report);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    SavingsReport m_report;
};

/// The whole page as CSV: what was assumed, when and what was measured, and the comparison.
QString savingsCsv(const SavingsAssumptions &assumed, const std::optional<PushMeasured> &measured,
                   const SavingsModel &comparison);

/// One input of the page: what it says, in which unit, and which number it sets.
struct SavingsInput
{
    QString name;
    QString unit;
    int decimals;
    double SavingsAssumptions::*number;
    QString source;
};
const std::vector<SavingsInput> &savingsInputs();

/// "13:19:30 to 13:20:30, 1,234 clients on average", or why there is nothing.
QString measuredText(const std::optional<PushMeasured> &measured);

} // namespace odin
