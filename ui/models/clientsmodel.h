// ClientsModel: the table of all clients, of which it holds the rows around those that can be seen.
// Thread: main. Owner: the page that shows them.
#pragma once

#include "core/model/client.h"

#include <QAbstractTableModel>

namespace odin {

/// 127.0.0.1:53122, [::1]:53122
QString formatPeer(const ClientRow &row);
/// What a client gets: auto, stream, latest 10 /s, limited 2 /s
QString formatPace(const ClientRow &row);
/// 14:03:12, with the day when that is not the day of nowMs.
QString formatClock(qint64 ms, qint64 nowMs);

class ClientsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        StateRole = Qt::UserRole, ///< of every column: int(ClientState); -1 while the row is not known
        NotableRole, ///< of Mode and Backlog: a limit, a backlog
    };

    explicit ClientsModel(QObject *parent = nullptr);

    /// Sorted by the gateway: what is asked for changes, and wanted() says so.
    void sort(int column, Qt::SortOrder order) override;
    void setFilter(const QString &filter);
    /// What to ask the gateway for so that these rows are known, and some beside them.
    ClientQuery query(int first, int last) const;

    /// One that answers another filter or order is left alone. Rows are added and taken away at the end only.
    void setListing(const ClientListingPtr &listing);
    /// Null before the first.
    const ClientListingPtr &listing() const { return m_listing; }
    bool isWaiting() const { return !m_listing || !m_listing->query.isSameOrder(m_wanted); }

    /// Sorted by something that changes all the time.
    bool isRestless() const { return m_wanted.column > ClientColumn::Since; }

    /// Null, or empty, or -1: not known.
    const ClientRow *at(int row) const;
    QByteArray idAt(int row) const;
    int rowOf(const QByteArray &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void wanted();

private:
    QString text(const ClientRow &row, ClientColumn column) const;
    void resizeTo(int rows);

    ClientQuery m_wanted;
    ClientListingPtr m_listing;
    int m_rows = 0;
};

} // namespace odin
