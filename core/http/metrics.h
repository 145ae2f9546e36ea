// /metrics: the counters as Prometheus text, through prometheus-cpp's serializer.
// Thread: any (reads atomics). Owner: core/gateway.
#pragma once

#include "core/flow/counters.h"
#include "core/flow/gatewaystate.h"

#include <QByteArray>

namespace odin {

QByteArray metricsText(const CounterSources &counters, GatewayState &state);

} // namespace odin
