#include "core/gateway/adminport.h"

#include "core/http/metrics.h"
#include "core/http/status.h"
#include "core/model/limits.h"
#include "core/shard/listening.h"

#include <unistd.h>

namespace odin {

namespace {

std::shared_ptr<const Router> adminRouter(GatewayState &state, CounterSources counters, SnapshotSource snapshot)
{
    auto router = std::make_shared<Router>();
    router->get("/livez", [](const HttpRequest &) { return HttpResponse{200, "text/plain; charset=utf-8", "ok\n", {}}; });
    router->get("/metrics", [&state, counters](const HttpRequest &) {
        return HttpResponse{200, "text/plain; version=0.0.4; charset=utf-8", metricsText(counters, state), {}};
    });
    router->get("/api/v1/status", [snapshot](const HttpRequest &) {
        return HttpResponse{200, "application/json", statusJson(*snapshot()), {}};
    });
    return router;
}

} // namespace

AdminPort::AdminPort(GatewayState &state, CounterSources counters, SnapshotSource snapshot)
    : m_http(adminRouter(state, std::move(counters), std::move(snapshot))), m_door(m_http, {}, m_census, m_counters)
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
