// What the front door does with a request: pure decisions. Any thread.
#pragma once

#include "core/wire/command.h"
#include "core/wire/requesthead.h"

#include <variant>

namespace odin {

/// Upgrade to a WebSocket session, subscribed at once to what the query asked for.
struct OpenSession
{
    TokenSelection selection; ///< of ?tokens=; nothing selected when the query named none
};

/// Leave it to the HTTP server behind the door.
struct ServeHttp
{
};

using DoorVerdict = std::variant<OpenSession, ServeHttp, HttpRefusal>;

DoorVerdict judge(const RequestHead &head);

/// A complete response that closes the connection: for refusals at the door.
QByteArray refusalResponse(const HttpRefusal &refusal);

} // namespace odin
