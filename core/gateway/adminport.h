// AdminPort: the operators' port: /metrics, /api/v1/status, /livez, behind a front door of its own.
// Thread: the control thread. Owner: core/gateway.
#pragma once

#include "core/flow/counters.h"
#include "core/flow/gatewaystate.h"
#include "core/http/httpserver.h"
#include "core/http/publicroutes.h"
#include "core/model/result.h"
#include "core/shard/frontdoor.h"

#include <QTcpServer>

namespace odin {

class AdminPort : public QTcpServer
{
    Q_OBJECT
public:
    /// Everything referred to must outlive the port.
    AdminPort(GatewayState &state, CounterSources counters, SnapshotSource snapshot);

    Result<Done> open(const QHostAddress &address, quint16 port);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    Census m_census;
    ShardCounters m_counters;
    HttpServer m_http;
    FrontDoor m_door;
};

} // namespace odin
