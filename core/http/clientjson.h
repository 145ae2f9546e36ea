// Single clients as JSON, for the operators' port. Pure; any thread.
#pragma once

#include "core/model/client.h"

namespace odin {

QByteArray clientsJson(const ClientListing &listing);
QByteArray clientJson(const ClientDetails &details);

} // namespace odin
