// ClientOrder: all clients' rows, those that a filter lets pass, in an order; gives out some of them at a time.
// Rows stay where they are as far as they can: values that change all the time sort them only when that is asked for.
// Pure. Thread: confined to its owner's. Owner: ClientDirectory.
#pragma once

#include "core/model/client.h"

#include <vector>

namespace odin {

class ClientOrder
{
public:
    /// The clients as of now, each once, in no order.
    void setRows(std::vector<ClientRow> rows, qint64 takenMs);

    ClientListing list(const ClientQuery &query);

private:
    using Index = quint32; // into m_rows

    void sortAnew(const ClientQuery &query);
    void keepOrder(const ClientQuery &query);
    std::vector<Index> matching(const QString &filter) const;
    void sort(std::vector<Index> &rows, const ClientQuery &query) const;
    int movedBy(const ClientQuery &query) const;

    std::vector<ClientRow> m_rows;
    std::vector<Index> m_shown;         // in order
    std::vector<quint64> m_ordinals;    // of m_shown, which may be of rows before
    ClientQuery m_query;                // that m_shown is of
    qint64 m_takenMs = 0;
    bool m_isNew = true;                // m_rows came after m_shown
    bool m_isOrdered = false;
};

} // namespace odin
