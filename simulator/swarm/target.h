// Target: where a swarm connects to, taken from its URL. Values; thread: any. Owner: whoever holds them. Pure but for
// looking up the host's name.
#pragma once

#include "core/model/result.h"

#include <QByteArray>
#include <QString>

#include <netinet/in.h>

namespace odin::swarm {

struct Target
{
    sockaddr_in address{};
    QByteArray host;         ///< and port, as the request names it
    QByteArray path = "/";   ///< and query
    QByteArray token;        ///< of the Authorization field; empty: none

    bool isLoopback() const { return ntohl(address.sin_addr.s_addr) >> 24 == 127; }
    /// The URL subscribes already.
    bool subscribes() const { return path.contains("?tokens=") || path.contains("&tokens="); }
};

/// Of "ws://host:port/path". Waits for the name service when the host is a name.
Result<Target> targetOf(const QString &url);

/// What asks the target for a WebSocket.
QByteArray upgradeRequest(const Target &target);

} // namespace odin::swarm
