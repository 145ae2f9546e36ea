#include "core/stats/clientorder.h"

#include <QHash>

#include <algorithm>
#include <numeric>

namespace odin {

namespace {

// Of these, a later listing puts no row between two others that were there before.
bool isSteady(ClientColumn column)
{
    switch (column) {
    case ClientColumn::Id:
    case ClientColumn::Address:
    case ClientColumn::User:
    case ClientColumn::Since: return true;
    default: return false;
    }
}

// What numbers can say of the order; texts say the rest.
double sortKey(const ClientRow &row, ClientColumn column)
{
    switch (column) {
    case ClientColumn::Id: return double(row.ordinal);
    case ClientColumn::Since: return double(row.sinceMs);
    case ClientColumn::Tokens: return row.tokenCount;
    case ClientColumn::Mode: return row.limitHz > 0 ? 1e6 - row.limitHz : int(row.pace.mode) * 1e3 + row.pace.maxHz;
    case ClientColumn::Out: return row.outPerSecond.value_or(-1);
    case ClientColumn::Backlog: return double(row.backlogBytes);
    case ClientColumn::Conflated: return double(row.conflated);
    case ClientColumn::RoundTrip: return row.roundTripMs;
    case ClientColumn::State: return int(row.state);
    case ClientColumn::Address:
    case ClientColumn::User: break;
    }
    return 0;
}

int compareTexts(const ClientRow &a, const ClientRow &b, ClientColumn column)
{
    if (column == ClientColumn::Address) {
        const int byAddress = a.address.compare(b.address);
        return byAddress != 0 ? byAddress : int(a.port) - int(b.port);
    }
    return column == ClientColumn::User  ? a.user.compare(b.user)
        : column == ClientColumn::Tokens ? a.tokens.compare(b.tokens)
                                         : 0;
}

bool passes(const ClientRow &row, const QByteArray &lowerCase)
{
    const QByteArray text = row.id + ' ' + row.address + ':' + QByteArray::number(row.port) + ' ' + row.user + ' '
        + row.tokens + ' ' + modeName(row.pace.mode) + (row.limitHz > 0 ? " limited " : " ")
        + clientStateNames[std::size_t(row.state)];
    return text.toLower().contains(lowerCase);
}

} // namespace

void ClientOrder::setRows(std::vector<ClientRow> rows, qint64 takenMs)
{
    m_rows = std::move(rows);
    m_takenMs = takenMs;
    m_isNew = true;
}

ClientListing ClientOrder::list(const ClientQuery &query)
{
    const bool isOther = !m_isOrdered || !query.isSameOrder(m_query);
    if (isOther || (m_isNew && (query.rowOrder == RowOrder::Live || isSteady(query.column))))
        sortAnew(query);
    else if (m_isNew)
        keepOrder(query);
    m_isNew = false;
    m_isOrdered = true;
    m_query = query;
    m_ordinals.clear();
    for (const auto index : m_shown)
        m_ordinals.push_back(m_rows[index].ordinal);

    ClientListing listing{query, m_takenMs, int(m_rows.size()), int(m_shown.size()), 0, {}};
    const int first = std::clamp(query.first + movedBy(query), 0, listing.matching);
    const int end = int(std::min<qint64>(qint64(first) + std::max(query.count, 0), listing.matching));
    listing.first = first;
    for (int row = first; row < end; ++row)
        listing.rows.push_back(m_rows[m_shown[std::size_t(row)]]);
    return listing;
}

void ClientOrder::sortAnew(const ClientQuery &query)
{
    m_shown = matching(query.filter);
    sort(m_shown, query);
}

// Who was there stays in place, who is new comes behind.
void ClientOrder::keepOrder(const ClientQuery &query)
{
    const auto passing = matching(query.filter);
    QHash<quint64, Index> places;
    places.reserve(qsizetype(passing.size()));
    for (const auto index : passing)
        places.insert(m_rows[index].ordinal, index);
    m_shown.clear();
    for (const auto ordinal : m_ordinals) {
        if (const auto place = places.constFind(ordinal); place != places.cend()) {
            m_shown.push_back(*place);
            places.erase(place);
        }
    }
    std::vector<Index> added(places.cbegin(), places.cend());
    sort(added, query);
    m_shown.insert(m_shown.end(), added.begin(), added.end());
}

std::vector<ClientOrder::Index> ClientOrder::matching(const QString &filter) const
{
    std::vector<Index> rows(m_rows.size());
    std::iota(rows.begin(), rows.end(), Index(0));
    const auto lowerCase = filter.trimmed().toUtf8().toLower();
    if (!lowerCase.isEmpty())
        std::erase_if(rows, [&](Index index) { return !passes(m_rows[index], lowerCase); });
    return rows;
}

// Numbers stand side by side, so that most comparisons touch no row: four times as fast.
void ClientOrder::sort(std::vector<Index> &rows, const ClientQuery &query) const
{
    struct Place
    {
        double key;
        Index index;
    };
    std::vector<Place> places;
    places.reserve(rows.size());
    const double sign = query.order == Qt::DescendingOrder ? -1 : 1;
    for (const auto index : rows)
        places.push_back({sign * sortKey(m_rows[index], query.column), index});
    std::ranges::sort(places, [&](const Place &a, const Place &b) {
        if (a.key != b.key)
            return a.key < b.key;
        const auto &rowA = m_rows[a.index];
        const auto &rowB = m_rows[b.index];
        if (const int texts = compareTexts(rowA, rowB, query.column); texts != 0)
            return query.order == Qt::DescendingOrder ? texts > 0 : texts < 0;
        return rowA.ordinal < rowB.ordinal;
    });
    std::ranges::transform(places, rows.begin(), &Place::index);
}

int ClientOrder::movedBy(const ClientQuery &query) const
{
    if (query.anchor.isEmpty())
        return 0;
    const auto now = std::ranges::find(m_shown, query.anchor, [this](Index index) { return m_rows[index].id; });
    return now == m_shown.end() ? 0 : int(now - m_shown.begin()) - query.anchorRow;
}

} // namespace odin
