#include "ui/models/clientsmodel.h"

#include "ui/models/format.h"

#include <QDateTime>

#include <algorithm>
#include <array>

namespace odin {

namespace {

// Known beside what can be seen, so that scrolling a little finds rows at once.
constexpr int margin = 64;

bool isText(ClientColumn column)
{
    switch (column) {
    case ClientColumn::Id:
    case ClientColumn::Address:
    case ClientColumn::User:
    case ClientColumn::Tokens:
    case ClientColumn::Mode:
    case ClientColumn::State: return true;
    default: return false;
    }
}

bool isNotable(const ClientRow &row, ClientColumn column)
{
    return (column == ClientColumn::Mode && row.limitHz > 0)
        || (column == ClientColumn::Backlog && row.backlogBytes > 0);
}

} // namespace

QString formatPeer(const ClientRow &row)
{
    const auto address = QString::fromLatin1(row.address);
    return (address.contains(u':') ? u'[' + address + u']' : address) + u':' + QString::number(row.port);
}

QString formatPace(const ClientRow &row)
{
    if (row.pace.mode != Mode::Latest)
        return QLatin1String(modeName(row.pace.mode));
    return QLatin1String(row.limitHz > 0 ? "limited " : "latest ") + QString::number(row.pace.maxHz)
        + QStringLiteral(" /s");
}

QString formatClock(qint64 ms, qint64 nowMs)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(ms);
    const bool isToday = time.date() == QDateTime::fromMSecsSinceEpoch(nowMs).date();
    return time.toString(isToday ? QStringLiteral("HH:mm:ss") : QStringLiteral("MM-dd HH:mm:ss"));
}

ClientsModel::ClientsModel(QObject *parent) : QAbstractTableModel(parent) { }

void ClientsModel::sort(int column, Qt::SortOrder order)
{
    m_wanted.column = ClientColumn(std::clamp(column, 0, clientColumnCount - 1));
    m_wanted.order = order;
    Q_EMIT wanted();
}

void ClientsModel::setFilter(const QString &filter)
{
    m_wanted.filter = filter;
    Q_EMIT wanted();
}

ClientQuery ClientsModel::query(int first, int last) const
{
    auto query = m_wanted;
    query.first = std::max(0, first - margin);
    query.count = last - first + 1 + 2 * margin;
    if (first > 0 && !isWaiting()) { // at the top nothing is held: what comes first is to be seen
        query.anchor = idAt(first);
        query.anchorRow = first;
    }
    return query;
}

void ClientsModel::setListing(const ClientListingPtr &listing)
{
    if (!listing || listing == m_listing || !listing->query.isSameOrder(m_wanted))
        return;
    m_listing = listing;
    resizeTo(listing->matching);
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, clientColumnCount - 1));
}

void ClientsModel::resizeTo(int rows)
{
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
}

const ClientRow *ClientsModel::at(int row) const
{
    const int place = m_listing ? row - m_listing->first : -1;
    return place >= 0 && place < int(m_listing->rows.size()) ? &m_listing->rows[std::size_t(place)] : nullptr;
}

QByteArray ClientsModel::idAt(int row) const
{
    const auto *client = at(row);
    return client ? client->id : QByteArray();
}

int ClientsModel::rowOf(const QByteArray &id) const
{
    if (!m_listing || id.isEmpty())
        return -1;
    const auto &rows = m_listing->rows;
    const auto found = std::ranges::find(rows, id, &ClientRow::id);
    return found == rows.end() ? -1 : m_listing->first + int(found - rows.begin());
}

int ClientsModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : m_rows; }

int ClientsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : clientColumnCount; }

QVariant ClientsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    const auto *row = at(index.row());
    const auto column = ClientColumn(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return row ? text(*row, column) : column == ClientColumn::Id ? QStringLiteral("…") : QString();
    case StateRole: return row ? int(row->state) : -1;
    case NotableRole: return row && isNotable(*row, column);
    default: return {};
    }
}

QVariant ClientsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::array<QString, clientColumnCount> names{
        QStringLiteral("Session"),   QStringLiteral("Address"),    QStringLiteral("User"), QStringLiteral("Since"),
        QStringLiteral("Tokens"),    QStringLiteral("Mode"),       QStringLiteral("Out"),  QStringLiteral("Backlog"),
        QStringLiteral("Conflated"), QStringLiteral("Round trip"), QStringLiteral("State")};
    if (orientation != Qt::Horizontal || section < 0 || section >= clientColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isText(ClientColumn(section)) ? Qt::AlignLeft : Qt::AlignRight));
    return role == Qt::DisplayRole ? names[std::size_t(section)] : QVariant();
}

QString ClientsModel::text(const ClientRow &row, ClientColumn column) const
{
    switch (column) {
    case ClientColumn::Id: return QString::fromLatin1(row.id);
    case ClientColumn::Address: return formatPeer(row);
    case ClientColumn::User: return row.user.isEmpty() ? noValue : QString::fromUtf8(row.user);
    case ClientColumn::Since: return formatClock(row.sinceMs, m_listing->takenMs);
    case ClientColumn::Tokens:
        return row.tokenCount == 0        ? noValue
            : row.tokenCount == allTokens ? QStringLiteral("all")
                                          : QString::fromLatin1(row.tokens);
    case ClientColumn::Mode: return formatPace(row);
    case ClientColumn::Out: return row.outPerSecond ? formatRate(*row.outPerSecond) : noValue;
    case ClientColumn::Backlog: return formatBytes(double(row.backlogBytes));
    case ClientColumn::Conflated: return formatCount(row.conflated);
    case ClientColumn::RoundTrip: return row.roundTripMs > 0 ? formatLatency(row.roundTripMs) : noValue;
    case ClientColumn::State: break;
    }
    return QLatin1String(clientStateNames[std::size_t(row.state)]);
}

} // namespace odin
