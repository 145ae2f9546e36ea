// A snapshot as JSON: /api/v1/status and the health message on the bus. Pure; any thread.
#pragma once

#include "core/model/snapshot.h"

namespace odin {

/// Everything an operator sees, one JSON object.
QByteArray statusJson(const GatewaySnapshot &snapshot);
/// The same without the tokens: what a gateway tells the bus about itself.
QByteArray summaryJson(const GatewaySnapshot &snapshot);

} // namespace odin
