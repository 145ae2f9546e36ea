#include "ui/models/simulatormodel.h"

#include "ui/models/format.h"
#include "ui/models/simulatorcolumn.h"

#include <algorithm>
#include <array>
#include <span>

namespace odin {

SimulatorModel::SimulatorModel(OperatorPort &gateway, QObject *parent) : QAbstractTableModel(parent), m_gateway(gateway)
{
}

void SimulatorModel::setSnapshot(const GatewaySnapshot &snapshot)
{
    auto rows = rowsOf(snapshot);
    m_takenMs = snapshot.takenMs;
    m_isPlayback = snapshot.simulator && snapshot.simulator->playback;
    const auto token = [](const Row &row) -> const QByteArray & { return row.simulated.token; };
    const auto known = m_rows.size();
    if (rows.size() < known || !std::ranges::equal(m_rows, std::span(rows).first(known), {}, token, token)) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    const int count = static_cast<int>(rows.size());
    const bool more = rows.size() > known;
    if (more)
        beginInsertRows({}, static_cast<int>(known), count - 1);
    m_rows = std::move(rows);
    if (more)
        endInsertRows();
    if (known > 0)
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(known) - 1, columnsEnd - 1));
}

std::vector<SimulatorModel::Row> SimulatorModel::rowsOf(const GatewaySnapshot &snapshot)
{
    std::vector<Row> rows;
    if (!snapshot.simulator)
        return rows;
    QHash<QByteArray, const TokenRow *> heard;
    for (const auto &token : snapshot.tokens)
        heard.insert(token.token, &token);
    for (const auto &token : snapshot.simulator->tokens) {
        const auto *row = heard.value(token.token);
        rows.push_back({token, row ? std::optional(*row) : std::nullopt});
        if (const auto expected = m_expected.find(token.token); expected != m_expected.end())
            expected->settle(rows.back().simulated);
    }
    return rows;
}

int SimulatorModel::countOn() const
{
    return static_cast<int>(std::ranges::count_if(m_rows, [](const Row &row) { return row.simulated.on; }));
}

void SimulatorModel::switchAll(bool on)
{
    for (int row = 0; row < rowCount(); ++row) {
        if (at(row).simulated.on != on && !ask(row, {.on = on}))
            return; // what is wrong with one is wrong with all
    }
}

bool SimulatorModel::ask(int row, const SimulatedTokenChange &change)
{
    auto &simulated = m_rows[static_cast<std::size_t>(row)].simulated;
    const auto done = m_gateway.changeSimulated(simulated.token, change);
    if (done) {
        m_expected[simulated.token].expect(change);
        simulated = changed(std::move(simulated), change);
    }
    Q_EMIT dataChanged(index(row, 0), index(row, columnsEnd - 1));
    Q_EMIT answered(at(row).name(), done ? QString() : done.error().text);
    return done.ok();
}

bool SimulatorModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    if (role == Qt::CheckStateRole && index.column() == On)
        return ask(index.row(), {.on = value.toInt() == Qt::Checked});
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    const auto change = editedChange(at(index.row()).simulated, index.column(), value.toDouble());
    if (changed(at(index.row()).simulated, change) == at(index.row()).simulated)
        return true; // an editor that was opened and left
    return ask(index.row(), change);
}

Qt::ItemFlags SimulatorModel::flags(const QModelIndex &index) const
{
    auto flags = QAbstractTableModel::flags(index);
    if (index.column() == On)
        flags |= Qt::ItemIsUserCheckable;
    if (isEditable(index.column()) && !m_isPlayback)
        flags |= Qt::ItemIsEditable;
    return flags;
}

int SimulatorModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SimulatorModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant SimulatorModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &row = at(index.row());
    const int column = index.column();
    const auto title = [&] { return headerData(column, Qt::Horizontal).toString(); };
    switch (role) {
    case Qt::DisplayRole: return m_isPlayback && isEditable(column) ? noValue : text(row, column, m_takenMs);
    case Qt::TextAlignmentRole: return headerData(column, Qt::Horizontal, role);
    case Qt::AccessibleTextRole: return QStringLiteral("%1, %2: %3").arg(row.name(), title(), data(index).toString());
    case Qt::CheckStateRole:
        return column == On ? QVariant(row.simulated.on ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::EditRole: return isEditable(column) ? QVariant(editedNumber(row.simulated, column)) : QVariant();
    case LeastRole: return editedBounds(column).least;
    case MostRole: return editedBounds(column).most;
    case EditorNameRole: return QStringLiteral("%1 of %2").arg(title(), row.name());
    case DirectionRole: return int(row.heard ? directionOf(row.heard->priceChange24h) : Direction::Flat);
    case PausedRole: return !row.simulated.on;
    default: return {};
    }
}

QVariant SimulatorModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::array<QString, columnsEnd> names{
        QStringLiteral("On"),    QStringLiteral("Token"),    QStringLiteral("Price"),   QStringLiteral("24 h"),
        QStringLiteral("Age"),   QStringLiteral("Shortest"), QStringLiteral("Longest"), QStringLiteral("Volatility"),
        QStringLiteral("Drift"), QStringLiteral("Scenario")};
    if (orientation != Qt::Horizontal || section < 0 || section >= columnsEnd)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section > Token && section < Scenario ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && isEditable(section))
        return section <= IntervalMax
            ? QStringLiteral("Time between two updates. To change it: F2, a digit or a double click.")
            : QStringLiteral("A year. To change it: F2, a digit or a double click.");
    return role == Qt::DisplayRole ? names[static_cast<std::size_t>(section)] : QVariant();
}

QString SimulatorModel::text(const Row &row, int column, qint64 nowMs)
{
    const auto &simulated = row.simulated;
    switch (column) {
    case On: return simulated.on ? QStringLiteral("on") : QStringLiteral("off");
    case Token: return row.name();
    case Price: return row.price();
    case Change: return row.change();
    case Age: return row.age(nowMs);
    case IntervalMin: return secondsText(simulated.intervalMin);
    case IntervalMax: return secondsText(simulated.intervalMax);
    case Volatility: return percentText(simulated.volatility);
    case Drift: return percentText(simulated.drift);
    case Scenario: return simulated.scenario ? scenarioText(*simulated.scenario) : QString();
    default: return {};
    }
}

} // namespace odin
