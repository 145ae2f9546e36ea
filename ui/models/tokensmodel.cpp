#include "ui/models/tokensmodel.h"

#include "ui/models/format.h"

#include <algorithm>
#include <array>

namespace odin {

void TokensModel::setSnapshot(const GatewaySnapshot &snapshot, const PriceTrends &trends)
{
    std::vector<Row> rows;
    rows.reserve(snapshot.tokens.size());
    for (const auto &token : snapshot.tokens)
        rows.push_back({token, trends.prices(token.token)});
    const auto name = [](const Row &row) -> const QByteArray & { return row.token.token; };
    if (std::ranges::equal(rows, m_rows, {}, name, name)) {
        m_rows = std::move(rows);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnsEnd - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int TokensModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TokensModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant TokensModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case Qt::TextAlignmentRole: return headerData(index.column(), Qt::Horizontal, role);
    case SortRole: return number(row, index.column());
    case DirectionRole: return direction(row, index.column());
    case StaleRole: return row.token.stale;
    case TrendRole: return index.column() == Trend ? QVariant::fromValue(row.trend) : QVariant();
    default: return {};
    }
}

QVariant TokensModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::array<QString, columnsEnd> names{
        QStringLiteral("Token"), QStringLiteral("Price"),    QStringLiteral("24 h"),       QStringLiteral("Volume"),
        QStringLiteral("Age"),   QStringLiteral("Sequence"), QStringLiteral("Last minute")};
    if (orientation != Qt::Horizontal || section < 0 || section >= columnsEnd)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == Token || section == Trend ? Qt::AlignLeft : Qt::AlignRight));
    return role == Qt::DisplayRole ? names[static_cast<std::size_t>(section)] : QVariant();
}

QString TokensModel::text(const Row &row, int column) const
{
    const auto &token = row.token;
    const auto age = formatAge(std::chrono::milliseconds(token.ageMs));
    switch (column) {
    case Token: return QString::fromUtf8(token.token);
    case Price: return formatPrice(token.price);
    case Change: return formatChange(token.priceChange24h);
    case Volume: return formatVolume(token.volume24h);
    case Age: return token.stale ? QStringLiteral("stale ") + age : age;
    case Sequence: return formatCount(static_cast<quint64>(token.seq));
    default: return {}; // the trend is drawn
    }
}

QVariant TokensModel::number(const Row &row, int column)
{
    const auto &token = row.token;
    switch (column) {
    case Price: return token.price;
    case Volume: return token.volume24h;
    case Age: return token.ageMs;
    case Sequence: return QVariant::fromValue(token.seq);
    case Change: return token.priceChange24h;
    case Trend: return row.trend.size() < 2 ? 0.0 : row.trend.back() / row.trend.front() - 1;
    default: return QString::fromUtf8(token.token);
    }
}

int TokensModel::direction(const Row &row, int column)
{
    switch (column) {
    case Change: return int(directionOf(row.token.priceChange24h));
    case Trend: return int(directionOf(number(row, Trend).toDouble() * 100));
    default: return int(Direction::Flat);
    }
}

} // namespace odin
