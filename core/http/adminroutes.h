// Routes of the operators' port: health of the process, metrics, status, and what operators do to the gateway.
// Functions of plain data; the admin port's thread.
#pragma once

#include "core/flow/gatewaystate.h"
#include "core/http/adminaccess.h"
#include "core/http/publicroutes.h"
#include "core/http/router.h"
#include "core/model/client.h"
#include "core/model/result.h"

#include <functional>

namespace odin {

/// What the routes can do. None of it waits.
struct AdminActions
{
    std::function<ClientListingPtr(const ClientQuery &)> clients; ///< null: being collected, ask again
    std::function<ClientDetailsPtr(const QByteArray &id)> client; ///< the same
    std::function<void(const QByteArray &id)> disconnect;
    std::function<void(const QByteArray &id, std::optional<double> maxHz)> limit;
    std::function<void()> drain;  ///< says goodbye to all clients and ends the program
    std::function<void()> reload; ///< certificates, keys and lists
};

/// Everything referred to must outlive the router.
void addAdminRoutes(Router &router, AdminAccess &access, GatewayState &state, CounterSources counters,
                    SnapshotSource snapshot, AdminActions actions);

} // namespace odin
