// GatewayEvents: what an operator wants to know of, told from how one snapshot differs from the one before.
// Thread: one (main). Owner: GatewayHistory.
// Not from the log: a snapshot says it in numbers, also for ten thousand clients that are sent away in one second.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/eventlist.h"

#include <QHash>
#include <QSet>

namespace odin {

class GatewayEvents
{
public:
    void append(const GatewaySnapshot &snapshot);

    const EventList &list() const { return m_list; }

private:
    void compareBus(const GatewaySnapshot &snapshot);
    void compareSilence(const GatewaySnapshot &snapshot);
    void compareSimulator(const GatewaySnapshot &snapshot);
    void compareCloses(const GatewaySnapshot &snapshot);
    void compareLost(const GatewaySnapshot &snapshot);

    EventList m_list;

    // As of the snapshot before
    qint64 m_takenMs = 0; ///< 0 = there was none
    std::optional<UpstreamState> m_bus;
    qint64 m_busLostMs = 0; ///< 0 = it is there, or never was
    QSet<QByteArray> m_stale;
    QHash<QByteArray, bool> m_simulated; ///< whether it is on
    QHash<QByteArray, quint64> m_closes;
    quint64 m_lost = 0;
};

} // namespace odin
