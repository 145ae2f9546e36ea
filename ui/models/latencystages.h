// LatencyStages: the way of an update as an operator reads it: what each part is, which clocks it compares, its bars.
// Thread: any, the model: main. Owner: values, the model: the page that shows it.
#pragma once

#include "ui/models/latencyhistory.h"

#include <QAbstractTableModel>

namespace odin {

struct LatencyPartText
{
    QString name;
    QString meaning; ///< from where to where, and by which clocks
};
const LatencyPartText &textOf(LatencyPart part);

/// One bar of the waterfall: solid up to p50, lighter up to p99, beginning where the medians before it end.
struct WaterfallBar
{
    LatencyPart part = LatencyPart::PublishToStore;
    double offsetMs = 0;
    LatencySummary latency;
};
/// The parts in their order, then the client's round trip, then the whole, which begins at 0. Medians laid end to end
/// are not the median of the whole: that is why it has bars of its own.
std::vector<WaterfallBar> waterfall(const LatencyByPart &parts);

class LatencyStagesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Stage, P50, P90, P99, Max, Count, Meaning, columnsEnd };

    using QAbstractTableModel::QAbstractTableModel;

    void setParts(const LatencyByPart &parts);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    static QString text(LatencyPart part, const LatencySummary &latency, int column);

    std::array<LatencySummary, latencyParts> m_latency;
};

} // namespace odin
