// ClockOffset: how far a gateway's clock is ahead of our own, from its answers to pings: as NTP's clock filter
// (RFC 5905, section 10) the answer with the shortest round trip counts, because the least can have delayed it.
// Thread: confined to its worker's. Owner: a worker. Pure.
#pragma once

#include <cstdint>

namespace odin::swarm {

class ClockOffset
{
public:
    /// Milliseconds since 1970: our clock at the ping, the gateway's at its answer, ours when that arrived.
    void add(std::int64_t sentMs, std::int64_t gatewayMs, std::int64_t receivedMs)
    {
        const auto roundTrip = receivedMs - sentMs;
        if (roundTrip < 0 || (m_roundTripMs >= 0 && roundTrip >= m_roundTripMs))
            return;
        m_roundTripMs = roundTrip;
        m_offsetMs = gatewayMs - sentMs - roundTrip / 2;
    }

    /// 0 while it is not known, or below its own error: half the round trip and the millisecond that the clocks tell.
    std::int64_t ms() const
    {
        const auto size = m_offsetMs < 0 ? -m_offsetMs : m_offsetMs;
        return m_roundTripMs < 0 || size <= m_roundTripMs / 2 + 1 ? 0 : m_offsetMs;
    }

private:
    std::int64_t m_roundTripMs = -1; // of the answer that counts
    std::int64_t m_offsetMs = 0;
};

} // namespace odin::swarm
