// What the public port answers over HTTP: the page, /config.json, /livez, /readyz, /healthz.
// Thread: the routes run on shard threads; they read prepared bytes and snapshots only. Owner: core/gateway.
#pragma once

#include "core/flow/gatewaystate.h"
#include "core/http/router.h"
#include "core/model/snapshot.h"

#include <functional>

namespace odin {

using SnapshotSource = std::function<SnapshotPtr()>;

/// Who gets prices on the public port.
enum class Admittance { Everybody, WithToken };

/// `state` and what `snapshot` reads must outlive the router.
void addPublicRoutes(Router &router, const GatewayState &state, SnapshotSource snapshot,
                     Admittance admittance = Admittance::Everybody);

/// 200 "ok" only when clients get live prices, else 503 with the reason.
HttpResponse readiness(const UpstreamStatus &upstream, bool draining);

/// health+json (draft-inadarei-api-health-check): status pass, warn or fail, with checks.
HttpResponse health(const GatewaySnapshot &snapshot);

} // namespace odin
