#include "ui/models/loadteststeps.h"

#include "ui/models/format.h"
#include "ui/models/loadtestoutcome.h"

#include <array>

namespace odin {

namespace {

QString count(qint64 number) { return formatCount(static_cast<quint64>(std::max<qint64>(0, number))); }

QString coresText(const std::optional<LoadTestUsage> &usage)
{
    return usage ? QString::number(usage->cores, 'f', 2) : noValue;
}

} // namespace

void LoadTestSteps::clear()
{
    beginResetModel();
    m_steps.clear();
    endResetModel();
}

void LoadTestSteps::append(const LoadTestStep &step)
{
    beginInsertRows({}, rowCount(), rowCount());
    m_steps.push_back(step);
    endInsertRows();
}

int LoadTestSteps::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

int LoadTestSteps::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant LoadTestSteps::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &step = m_steps[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(step, index.column());
    case Qt::TextAlignmentRole: return headerData(index.column(), Qt::Horizontal, role);
    case Qt::ToolTipRole: return index.column() == Verdict ? missedText(step).toHtmlEscaped() : QString();
    case VerdictRole: return int(step.verdict());
    default: return {};
    }
}

QVariant LoadTestSteps::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::array<QString, columnsEnd> names{
        QStringLiteral("Clients"), QStringLiteral("Connected"), QStringLiteral("Connect"), QStringLiteral("Updates"),
        QStringLiteral("p50"),     QStringLiteral("p99"),       QStringLiteral("Max"),     QStringLiteral("Lost"),
        QStringLiteral("Dropped"), QStringLiteral("Refused"),   QStringLiteral("Gateway"), QStringLiteral("Swarm"),
        QStringLiteral("Verdict")};
    static const std::array<QString, columnsEnd> hints{
        QStringLiteral("Clients of this step"),
        QStringLiteral("Connected at its end"),
        QStringLiteral("Until the last of them was connected"),
        QStringLiteral("Received by all clients together"),
        QStringLiteral("Half of the updates came sooner, from the publisher's timestamp to the client"),
        QStringLiteral("99 of 100 updates came sooner"),
        QStringLiteral("The latest update"),
        QStringLiteral("Holes that clients found in their sequences"),
        QStringLiteral("Connections that the gateway ended"),
        QStringLiteral("Refused, or without an answer, when they connected"),
        QStringLiteral("Cores that the gateway used"),
        QStringLiteral("Cores that the load test used itself"),
        QStringLiteral("Against the limits, this step alone")};
    if (orientation != Qt::Horizontal || section < 0 || section >= columnsEnd)
        return {};
    switch (role) {
    case Qt::TextAlignmentRole: return int(Qt::AlignVCenter | (section == Verdict ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::ToolTipRole: return hints[static_cast<std::size_t>(section)];
    case Qt::DisplayRole: return names[static_cast<std::size_t>(section)];
    default: return {};
    }
}

QString LoadTestSteps::text(const LoadTestStep &step, int column)
{
    const auto latency = [&](double ms) { return step.delivery.count > 0 ? formatLatency(ms) : noValue; };
    switch (column) {
    case Clients: return count(step.clients);
    case Connected: return count(step.open);
    case ConnectTime: return formatLatency(step.connectSeconds * 1000);
    case Updates: return formatRate(step.updatesPerSecond);
    case P50: return latency(step.delivery.p50Ms);
    case P99: return latency(step.delivery.p99Ms);
    case Max: return latency(step.delivery.maxMs);
    case Lost: return count(step.lost);
    case Dropped: return count(step.dropped);
    case Refused: return count(step.refused + step.failed);
    case GatewayCores: return coresText(step.gateway);
    case SwarmCores: return coresText(step.swarm);
    default: return verdictWord(step.verdict());
    }
}

} // namespace odin
