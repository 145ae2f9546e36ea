// What the front door does with a request: pure decisions. Any thread.
#pragma once

#include "core/model/turnaway.h"
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

/// Where WebSockets are opened: at /ws, or at every address (for an echo that tests speak to).
enum class WebSocketsAt { Ws, Anywhere };

DoorVerdict judge(const RequestHead &head, WebSocketsAt where = WebSocketsAt::Ws);

/// What its rule says. Status 0: none, the connection just ends.
constexpr HttpRefusal refusalOf(Turnaway why) { return {ruleOf(why).status, ruleOf(why).sentence}; }

/// A complete response that closes the connection: for refusals at the door. `why`: when to come again.
QByteArray refusalResponse(const HttpRefusal &refusal, Turnaway why = Turnaway::Request);

} // namespace odin
