#include "ui/models/simulatedtokensmodel.h"

#include "ui/models/format.h"

#include <algorithm>
#include <array>

namespace odin {

void SimulatedTokensModel::setSnapshot(const GatewaySnapshot &snapshot)
{
    auto rows = rowsOf(snapshot);
    m_takenMs = snapshot.takenMs;
    if (sameTokens(rows, m_rows)) {
        m_rows = std::move(rows);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnsEnd - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void SimulatedTokensModel::expect(const QByteArray &token, bool on)
{
    const auto row = std::ranges::find(m_rows, token, [](const Row &r) { return r.simulated.token; });
    if (row == m_rows.end())
        return;
    m_expected[token].expect(on);
    row->simulated.on = on;
    const int at = static_cast<int>(row - m_rows.begin());
    Q_EMIT dataChanged(index(at, 0), index(at, columnsEnd - 1));
}

bool SimulatedTokensModel::anyOn() const
{
    return std::ranges::any_of(m_rows, [](const Row &row) { return row.simulated.on; });
}

std::vector<SimulatedTokensModel::Row> SimulatedTokensModel::rowsOf(const GatewaySnapshot &snapshot)
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
            rows.back().simulated.on = expected->settle(token.on);
    }
    return rows;
}

bool SimulatedTokensModel::sameTokens(const std::vector<Row> &a, const std::vector<Row> &b)
{
    const auto token = [](const Row &row) -> const QByteArray & { return row.simulated.token; };
    return std::ranges::equal(a, b, {}, token, token);
}

int SimulatedTokensModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SimulatedTokensModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant SimulatedTokensModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (index.column() > Token ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::CheckStateRole:
        return index.column() == On ? QVariant(row.simulated.on ? Qt::Checked : Qt::Unchecked) : QVariant();
    case DirectionRole: return int(row.heard ? directionOf(row.heard->priceChange24h) : Direction::Flat);
    case PausedRole: return !row.simulated.on;
    default: return {};
    }
}

QVariant SimulatedTokensModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::array<QString, columnsEnd> names{
        QStringLiteral("On"),     QStringLiteral("Token"), QStringLiteral("Price"),   QStringLiteral("24 h"),
        QStringLiteral("Volume"), QStringLiteral("Age"),   QStringLiteral("Interval")};
    if (orientation != Qt::Horizontal || section < 0 || section >= columnsEnd)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section > Token ? Qt::AlignRight : Qt::AlignLeft));
    return role == Qt::DisplayRole ? names[static_cast<std::size_t>(section)] : QVariant();
}

QString SimulatedTokensModel::text(const Row &row, int column) const
{
    switch (column) {
    case Token: return row.name();
    case Price: return row.price();
    case Change: return row.change();
    case Volume: return row.volume();
    case Age: return row.age(m_takenMs);
    case Interval: return row.interval();
    default: return {};
    }
}

} // namespace odin
