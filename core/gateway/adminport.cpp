#include "core/gateway/adminport.h"

#include "core/model/limits.h"
#include "core/shard/listening.h"

#include <unistd.h>

namespace odin {

namespace {

std::shared_ptr<const Router> adminRouter(AdminAccess &access, GatewayState &state, CounterSources counters,
                                          SnapshotSource snapshot, AdminActions actions)
{
    auto router = std::make_shared<Router>();
    addAdminRoutes(*router, access, state, std::move(counters), std::move(snapshot), std::move(actions));
    return router;
}

} // namespace

AdminPort::AdminPort(GatewayState &state, CounterSources counters, SnapshotSource snapshot, AdminActions actions,
                     AdminAccess::Identify identify, AdminAccess::Readers readers, Guard guard, const TlsPort &tls)
    : m_access(std::move(identify), readers),
      m_http(adminRouter(m_access, state, std::move(counters), std::move(snapshot), std::move(actions))),
      m_door(m_http, {}, m_census, m_counters, guard, &tls)
{
}

Result<Done> AdminPort::open(const QHostAddress &address, quint16 port) { return listenOn(*this, address, port); }

void AdminPort::incomingConnection(qintptr descriptor)
{
    if (m_census.connections.fetch_add(1) < limits::adminConnectionsMax)
        return m_door.admit(descriptor, Admission::Welcome);
    m_census.connections.fetch_sub(1);
    ::close(int(descriptor));
}

} // namespace odin
