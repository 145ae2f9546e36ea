// Listener: what a connection tells of what comes: each frame, and counts of the rest.
// Thread: the connection's. Owner: whoever listens, beside the connection or for many of them.
#pragma once

#include <cstdint>
#include <string_view>

namespace odin::swarm {

class Listener
{
public:
    /// One text frame; the payload is valid during the call only.
    virtual void text(std::string_view payload) = 0;
    /// One binary frame. No gateway of ours sends one.
    virtual void binary(std::string_view) {}

    std::uint64_t bytes = 0;
    std::uint64_t pings = 0;
    std::uint64_t violations = 0; ///< of RFC 6455; each ended its connection
    std::uint64_t closed = 0; ///< by the server, or broken

protected:
    ~Listener() = default;
};

} // namespace odin::swarm
