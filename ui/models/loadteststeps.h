// LoadTestSteps: the steps of a load test, or the probes of a search, as a table.
// Thread: main. Owner: LoadTest.
#pragma once

#include "ui/models/loadteststep.h"

#include <QAbstractTableModel>

namespace odin {

class LoadTestSteps final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        Clients,
        Connected,
        ConnectTime,
        Updates,
        P50,
        P99,
        Max,
        Lost,
        Dropped,
        Refused,
        GatewayCores,
        SwarmCores,
        Verdict,
        columnsEnd
    };
    enum Role { VerdictRole = Qt::UserRole }; ///< of every column, as int(LoadTestVerdict)

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void append(const LoadTestStep &step);
    const std::vector<LoadTestStep> &steps() const { return m_steps; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    static QString text(const LoadTestStep &step, int column);

    std::vector<LoadTestStep> m_steps;
};

} // namespace odin
