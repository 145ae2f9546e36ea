#include "ui/models/savingsmodel.h"

#include "core/model/limits.h"
#include "ui/models/csv.h"
#include "ui/models/format.h"

#include <QDateTime>

#include <array>
#include <numeric>

namespace odin {

namespace {

using Number = std::optional<double> ServingCost::*;

QString bytesPerSecond(double bytes) { return formatBytes(bytes) + QStringLiteral("/s"); }
QString gigabytes(double count) { return formatBytes(count * bytesPerGigabyte); }

struct Row
{
    const char *quantity;
    Number number;
    QString (*text)(double);
};

constexpr std::array rows{
    Row{"Users", &ServingCost::users, formatAmount},
    Row{"Messages per minute", &ServingCost::messagesPerMinute, formatAmount},
    Row{"of these without news", &ServingCost::emptyPerMinute, formatAmount},
    Row{"Bytes per second", &ServingCost::bytesPerSecond, bytesPerSecond},
    Row{"Traffic per month", &ServingCost::trafficGigabytesPerMonth, gigabytes},
    Row{"Processor cores", &ServingCost::cores, formatAmount},
    Row{"Memory", &ServingCost::memoryBytes, formatBytes},
    Row{"Wait for a new price, median", &ServingCost::waitMs, formatLatency},
    Row{"Dollars per month", &ServingCost::dollarsPerMonth, formatDollars},
};

QString textOf(const Row &row, const ServingCost &cost)
{
    const auto &number = cost.*row.number;
    return number ? row.text(*number) : noValue;
}

QString csvLine(const QStringList &fields)
{
    QStringList safe;
    for (const auto &field : fields)
        safe.append(csvField(field));
    return safe.join(u',') + QStringLiteral("\r\n");
}

QString clock(qint64 timeMs) { return QDateTime::fromMSecsSinceEpoch(timeMs).toString(QStringLiteral("HH:mm:ss")); }

} // namespace

void SavingsModel::setReport(const SavingsReport &report)
{
    m_report = report;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnsEnd - 1));
}

int SavingsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows.size());
}

int SavingsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant SavingsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    if (role != Qt::DisplayRole)
        return {};
    const auto &row = rows[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case PollingNow: return textOf(row, m_report.pollingNow);
    case PushNow: return textOf(row, m_report.pushNow);
    case Polling: return textOf(row, m_report.polling);
    case Push: return textOf(row, m_report.push);
    default: return QLatin1String(row.quantity);
    }
}

QVariant SavingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::array<QString, columnsEnd> names{
        QStringLiteral("Quantity"), QStringLiteral("Polling, now"), QStringLiteral("Push, measured"),
        QStringLiteral("Polling, assumed"), QStringLiteral("Push, extrapolated")};
    if (orientation != Qt::Horizontal || section < 0 || section >= columnsEnd)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == Quantity ? Qt::AlignLeft : Qt::AlignRight));
    return role == Qt::DisplayRole ? names[static_cast<std::size_t>(section)] : QVariant();
}

const std::vector<SavingsInput> &savingsInputs()
{
    using A = SavingsAssumptions;
    static const auto analysis = QStringLiteral("from the original analysis");
    static const auto round = QStringLiteral("a round figure: put in your own");
    static const auto dollars = QStringLiteral("$");
    static const auto bytes = QStringLiteral("B");
    static const std::vector<SavingsInput> inputs{
        {QStringLiteral("Users"), {}, 0, &A::users, analysis},
        {QStringLiteral("Polls per user per minute"), {}, 1, &A::pollsPerUserPerMinute, analysis},
        {QStringLiteral("Polls without news"), QStringLiteral("%"), 1, &A::emptyPercent, analysis},
        {QStringLiteral("Polling costs per month"), dollars, 2, &A::pollingDollarsPerMonth, analysis},
        {QStringLiteral("for requests per minute"), {}, 0, &A::pollingRequestsPerMinute, analysis},
        {QStringLiteral("Planned per month"), dollars, 2, &A::plannedDollarsPerMonth, analysis},
        {QStringLiteral("A poll"), bytes, 0, &A::requestBytes, round},
        {QStringLiteral("An answer without news"), bytes, 0, &A::emptyAnswerBytes, round},
        {QStringLiteral("An answer with prices"), bytes, 0, &A::fullAnswerBytes, round},
        {QStringLiteral("A core per month"), dollars, 2, &A::dollarsPerCoreMonth, round},
        {QStringLiteral("A GB of memory per month"), dollars, 2, &A::dollarsPerMemoryGigabyteMonth, round},
        {QStringLiteral("A GB of traffic, both sides"), dollars, 3, &A::dollarsPerTrafficGigabyte,
         QStringLiteral("the original analysis names none")},
    };
    return inputs;
}

QString measuredText(const std::optional<PushMeasured> &measured)
{
    if (!measured)
        return QStringLiteral("Nothing measured: no client was connected during the last minute.");
    const auto text = QStringLiteral("Measured %1 to %2, %3 clients on average.")
                          .arg(clock(measured->fromMs), clock(measured->toMs), formatAmount(measured->clients));
    return measured->clients >= limits::savingsClientsMin ? text
                                                          : text
            + QStringLiteral(
                  " Processor, memory and money are extrapolated from %1 clients on: fewer say nothing about many.")
                  .arg(limits::savingsClientsMin);
}

QString savingsCsv(const SavingsAssumptions &assumed, const std::optional<PushMeasured> &measured,
                   const SavingsModel &comparison)
{
    auto text = csvLine(
        {QStringLiteral("Assumption"), QStringLiteral("Value"), QStringLiteral("Unit"), QStringLiteral("Source")});
    for (const auto &input : savingsInputs()) {
        const bool isDefault = assumed.*input.number == SavingsAssumptions().*input.number;
        text += csvLine({input.name, QString::number(assumed.*input.number, 'g', 15), input.unit,
                         isDefault ? input.source : QStringLiteral("put in by the operator")});
    }
    QList<int> columns(SavingsModel::columnsEnd);
    std::iota(columns.begin(), columns.end(), 0);
    return text + csvLine({}) + csvLine({measuredText(measured)}) + csvLine({}) + csvOf(comparison, columns);
}

} // namespace odin
