// Every reason for which the gateway closes a connection: number, name, and what the client should do then.
// One table; webclient/src/client/closecodes.ts has the same and a test compares them. Values; any thread.
#pragma once

#include <QtGlobal>

#include <array>

namespace odin {

enum class CloseReason : quint16 {
    ProtocolError = 1002,
    MessageTooBig = 1009,
    BadRequest = 4000,
    InvalidToken = 4001,
    PermissionDenied = 4003,
    TooManyConnections = 4004,
    ClosedByOperator = 4006,
    NoAuthInTime = 4008,
    TooManyErrors = 4009,
    OverCapacity = 4100,
    TooSlow = 4101,
    TooManyRequests = 4102,
    ServerError = 4103,
    Shutdown = 4200,
    NoPong = 4201,
    TokenExpired = 4203,
};

enum class Reaction { Stop, Backoff, Reconnect };

struct CloseRule
{
    CloseReason reason;
    const char *name;
    Reaction reaction;
};

inline constexpr std::array closeRules{
    CloseRule{CloseReason::ProtocolError, "protocol error", Reaction::Stop},
    CloseRule{CloseReason::MessageTooBig, "message too big", Reaction::Stop},
    CloseRule{CloseReason::BadRequest, "bad request", Reaction::Stop},
    CloseRule{CloseReason::InvalidToken, "invalid token", Reaction::Stop},
    CloseRule{CloseReason::PermissionDenied, "permission denied", Reaction::Stop},
    CloseRule{CloseReason::TooManyConnections, "too many connections of this user", Reaction::Stop},
    CloseRule{CloseReason::ClosedByOperator, "closed by operator", Reaction::Stop},
    CloseRule{CloseReason::NoAuthInTime, "no auth in time", Reaction::Stop},
    CloseRule{CloseReason::TooManyErrors, "too many errors", Reaction::Stop},
    CloseRule{CloseReason::OverCapacity, "over capacity", Reaction::Backoff},
    CloseRule{CloseReason::TooSlow, "too slow", Reaction::Backoff},
    CloseRule{CloseReason::TooManyRequests, "too many requests", Reaction::Backoff},
    CloseRule{CloseReason::ServerError, "server error", Reaction::Backoff},
    CloseRule{CloseReason::Shutdown, "shutdown or drain", Reaction::Reconnect},
    CloseRule{CloseReason::NoPong, "no pong", Reaction::Reconnect},
    CloseRule{CloseReason::TokenExpired, "token expired", Reaction::Reconnect},
};

/// Place of a reason in closeRules: counters are arrays in its order.
constexpr std::size_t closeIndex(CloseReason reason)
{
    for (std::size_t i = 0; i < closeRules.size(); ++i) {
        if (closeRules[i].reason == reason)
            return i;
    }
    return closeRules.size();
}

constexpr const char *closeName(CloseReason reason) { return closeRules[closeIndex(reason)].name; }

} // namespace odin
