// AdminPort: the operators' port: metrics, status, and what changes the gateway, behind a front door of its own.
// Thread: the control thread. Owner: core/gateway.
#pragma once

#include "core/flow/counters.h"
#include "core/flow/gatewaystate.h"
#include "core/http/adminroutes.h"
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
    AdminPort(GatewayState &state, CounterSources counters, SnapshotSource snapshot, AdminActions actions,
              AdminAccess::Identify identify, AdminAccess::Readers readers, Guard guard, const TlsPort &tls);

    Result<Done> open(const QHostAddress &address, quint16 port);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    Census m_census;
    ShardCounters m_counters;
    AdminAccess m_access;
    HttpServer m_http;
    FrontDoor m_door;
};

} // namespace odin
