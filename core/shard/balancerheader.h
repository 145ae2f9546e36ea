// The PROXY header of a balancer, version 1 or 2 (HAProxy's proxy-protocol.txt): bytes -> for whom it speaks. Pure; any thread.
#pragma once

#include <QByteArrayView>
#include <QHostAddress>

#include <optional>
#include <variant>

namespace odin {

struct BalancerHeader
{
    struct Client
    {
        QHostAddress address;
        quint16 port = 0;
    };
    qsizetype bytes = 0; ///< of the header; what follows is the client's
    std::optional<Client> client; ///< nothing: the balancer speaks for itself (LOCAL, UNKNOWN)
};

/// The header is not complete yet: call again with more bytes.
struct BalancerHeaderIncomplete
{
};

/// It cannot become one any more.
struct BalancerHeaderMalformed
{
};

/// `bytes`: everything received so far. No header is longer than limits::balancerHeaderBytesMax.
std::variant<BalancerHeaderIncomplete, BalancerHeader, BalancerHeaderMalformed> parseBalancerHeader(QByteArrayView bytes);

} // namespace odin
