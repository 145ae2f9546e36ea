// Every reason for which somebody is turned away at the door: how it is counted, and the HTTP answer. Values; any thread.
#pragma once

#include <QtGlobal>

#include <array>

namespace odin {

enum class Turnaway : quint8 {
    Request,
    Deadline,
    NoRoom,
    Host,
    Origin,
    AddressConnections,
    AddressRate,
    FailedLogins,
    Unknowns,
    UserConnections,
    NoToken,
    WrongToken,
    BalancerHeader,
    Tls,
};

struct TurnawayRule
{
    Turnaway turnaway;
    const char *name; ///< in metrics
    int status; ///< 0 = the connection ends without an answer
    const char *sentence;
};

inline constexpr std::array turnawayRules{
    TurnawayRule{Turnaway::Request, "request", 400, "malformed request"}, // its own status and sentence are told instead
    TurnawayRule{Turnaway::Deadline, "deadline", 408, "the request head did not arrive in time"},
    TurnawayRule{Turnaway::NoRoom, "no_room", 503, "no room for more connections, try again later"},
    TurnawayRule{Turnaway::Host, "host", 421, "this host is not served here: the operator lists names with --hosts"},
    TurnawayRule{Turnaway::Origin, "origin", 403, "pages of this origin are not let in: the operator lists them with --origins"},
    TurnawayRule{Turnaway::AddressConnections, "address_connections", 429, "too many connections from this address"},
    TurnawayRule{Turnaway::AddressRate, "address_rate", 429, "too many new connections from this address, slow down"},
    TurnawayRule{Turnaway::FailedLogins, "failed_logins", 429, "too many wrong tokens from this address, try again in a minute"},
    TurnawayRule{Turnaway::Unknowns, "unknowns", 503, "too many connections that have not said who they are"},
    TurnawayRule{Turnaway::UserConnections, "user_connections", 429, "too many connections of this user"},
    TurnawayRule{Turnaway::NoToken, "no_token", 401, "a token is needed"},
    TurnawayRule{Turnaway::WrongToken, "wrong_token", 401, "this token is not valid"},
    TurnawayRule{Turnaway::BalancerHeader, "balancer_header", 0, "malformed PROXY header of a balancer"},
    TurnawayRule{Turnaway::Tls, "tls", 0, "the TLS handshake failed"},
};

constexpr const TurnawayRule &ruleOf(Turnaway turnaway) { return turnawayRules[std::size_t(turnaway)]; }

} // namespace odin
