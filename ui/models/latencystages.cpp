#include "ui/models/latencystages.h"

#include "ui/models/format.h"

namespace odin {

const LatencyPartText &textOf(LatencyPart part)
{
    static const std::array<LatencyPartText, latencyParts> texts{{
        {QStringLiteral("Publisher → NATS"),
         QStringLiteral("The publisher's timestamp to the time at which NATS stored it: their two clocks. Below zero "
                        "counts as zero.")},
        {QStringLiteral("NATS → gateway"),
         QStringLiteral("Stored by NATS to received here: the clocks of the two machines. Below zero counts as zero.")},
        {QStringLiteral("Gateway"),
         QStringLiteral("Received to checked, numbered and encoded: one clock, the gateway's.")},
        {QStringLiteral("Gateway → shard"),
         QStringLiteral("Encoded to taken by a shard, once for each shard: one clock, the gateway's.")},
        {QStringLiteral("Shard → socket"),
         QStringLiteral("Taken by the shard to written into the client's socket, for each delivery: one clock, the "
                        "gateway's.")},
        {QStringLiteral("Socket → client and back"),
         QStringLiteral(
             "A ping written to its pong read, for each client about every 20 s: one clock, the gateway's. The "
             "way out is a part of it, on average the half.")},
        {QStringLiteral("Whole gateway"),
         QStringLiteral(
             "Received here to written into the client's socket, for each delivery: one clock, the gateway's.")},
        {QStringLiteral("Publisher → socket"),
         QStringLiteral(
             "The publisher's timestamp to written into the client's socket, for each delivery: the clocks of "
             "publisher and gateway. Below zero counts as zero.")},
    }};
    return texts[std::size_t(part)];
}

std::vector<WaterfallBar> waterfall(const LatencyByPart &parts)
{
    std::vector<WaterfallBar> bars;
    double offset = 0;
    for (std::size_t i = 0; i < latencyParts; ++i) {
        const auto part = LatencyPart(i);
        const bool isWhole = part >= LatencyPart::Gateway;
        bars.push_back({part, isWhole ? 0 : offset, parts[i].summary()});
        offset += bars.back().latency.p50Ms;
    }
    return bars;
}

void LatencyStagesModel::setParts(const LatencyByPart &parts)
{
    for (std::size_t part = 0; part < latencyParts; ++part)
        m_latency[part] = parts[part].summary();
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnsEnd - 1));
}

int LatencyStagesModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(latencyParts); }

int LatencyStagesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant LatencyStagesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto part = LatencyPart(index.row());
    switch (role) {
    case Qt::DisplayRole: return text(part, m_latency[std::size_t(part)], index.column());
    case Qt::ToolTipRole: return textOf(part).meaning;
    case Qt::TextAlignmentRole: return headerData(index.column(), Qt::Horizontal, role);
    default: return {};
    }
}

QVariant LatencyStagesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::array<QString, columnsEnd> names{QStringLiteral("Part of the way"),
                                                       QStringLiteral("p50"),
                                                       QStringLiteral("p90"),
                                                       QStringLiteral("p99"),
                                                       QStringLiteral("Max"),
                                                       QStringLiteral("Count"),
                                                       QStringLiteral("What is measured")};
    if (orientation != Qt::Horizontal || section < 0 || section >= columnsEnd)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == Stage || section == Meaning ? Qt::AlignLeft : Qt::AlignRight));
    return role == Qt::DisplayRole ? names[static_cast<std::size_t>(section)] : QVariant();
}

QString LatencyStagesModel::text(LatencyPart part, const LatencySummary &latency, int column)
{
    const auto time = [&](double ms) { return latency.count > 0 ? formatLatency(ms) : noValue; };
    switch (column) {
    case P50: return time(latency.p50Ms);
    case P90: return time(latency.p90Ms);
    case P99: return time(latency.p99Ms);
    case Max: return time(latency.maxMs);
    case Count: return formatCount(latency.count);
    case Meaning: return textOf(part).meaning;
    default: return textOf(part).name;
    }
}

} // namespace odin
