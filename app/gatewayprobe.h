// Asks a gateway's admin port what its process has used. Pure but for the network; thread: the main one, which it blocks
// for at most a few seconds. Owner: none, a function.
#pragma once

#include "simulator/swarm/timeline.h"

#include <QUrl>

namespace odin {

/// From its /metrics. Nothing when the URL is empty or nobody answers in time.
std::optional<swarm::ProcessReading> gatewayReading(const QUrl &admin);

} // namespace odin
