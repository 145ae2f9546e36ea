// TokenBucket: how many bytes a bandwidth limit lets pass. In any time t no more than rate * (t + proxyBurstMs).
// Thread: confined to its user's. Owner: a DelayLine. Time is given, never read.
#pragma once

#include "core/model/types.h"

#include <cstddef>
#include <limits>

namespace odin {

class TokenBucket
{
public:
    static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

    /// 0: no limit. The bucket is full afterwards, unless the rate is the one that it has.
    void setRate(qint64 bytesPerSecond, SteadyTime now);

    /// Bytes that may pass now.
    std::size_t allowance(SteadyTime now);
    void take(std::size_t bytes);
    /// When as many bytes (or the whole burst, if that is less) may pass at once.
    SteadyTime whenAllowed(std::size_t bytes) const;
    /// The most that ever passes at once.
    std::size_t burst() const { return m_rate == 0 ? unlimited : static_cast<std::size_t>(m_capacity); }

private:
    qint64 m_rate = 0;
    double m_capacity = 0;
    double m_bytes = 0; // as of m_since
    SteadyTime m_since{};
};

} // namespace odin
