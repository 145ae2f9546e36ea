// Dialect: how a client asks a peer for the updates, where that is no request of HTTP alone.
// Values; thread: any. Owner: the swarm.
#pragma once

#include <QByteArray>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace odin::bench {

struct Dialect
{
    QByteArray fields = {};              ///< more lines of the request's head
    std::vector<std::string> greeting = {}; ///< binary frames to send when the connection is open
    bool isDiscarding = false;           ///< bytes are counted and not looked at, which costs the least
};

/// "text", "discard", "nats" or "mqtt".
std::optional<Dialect> dialectOf(std::string_view name);

} // namespace odin::bench
