// What a fault proxy does to the connections through it, and what it says of them.
// Values; any thread.
#pragma once

#include <QtGlobal>

#include <chrono>
#include <cstddef>

namespace odin {

/// Which way nothing flows. Up is from the client to the target.
enum class Stall { None, Up, Down, Both };

/// Of one connection; each direction for itself.
struct Faults
{
    std::chrono::milliseconds delay{0}; ///< every byte arrives later by this,
    std::chrono::milliseconds jitter{0}; ///< and by up to this much more; evenly spread, never out of order
    qint64 bytesPerSecond = 0; ///< 0: no limit
    Stall stall = Stall::None; ///< nothing is read or written, so TCP holds the sender back

    bool operator==(const Faults &) const = default;
};

using ConnectionId = quint64;

/// One connection through the proxy. `up` is from the client to the target.
struct ProxiedConnection
{
    ConnectionId id = 0;
    quint16 clientPort = 0; ///< by which a client is recognised
    Faults faults;
    bool isHalfOpen = false;
    quint64 upBytes = 0; ///< written to the target
    quint64 downBytes = 0;
    std::size_t upHeldBytes = 0; ///< read and not yet written
    std::size_t downHeldBytes = 0;
};

/// Since the proxy was made.
struct ProxyCounters
{
    quint64 accepted = 0;
    quint64 overCapacity = 0; ///< reset because proxyConnectionsMax are open
    quint64 unreachable = 0; ///< reset because the target did not take them
    quint64 cut = 0;
    quint64 halfOpened = 0;
    quint64 upBytes = 0;
    quint64 downBytes = 0;
};

} // namespace odin
