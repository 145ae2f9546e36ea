#include "simulator/network/tokenbucket.h"

#include "core/model/limits.h"

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

using Seconds = std::chrono::duration<double>;

} // namespace

void TokenBucket::setRate(qint64 bytesPerSecond, SteadyTime now)
{
    if (bytesPerSecond == m_rate)
        return;
    m_rate = std::max<qint64>(bytesPerSecond, 0);
    m_capacity = std::max(1.0, std::floor(static_cast<double>(m_rate) * Seconds(limits::proxyBurstMs).count()));
    m_bytes = m_capacity;
    m_since = now;
}

std::size_t TokenBucket::allowance(SteadyTime now)
{
    if (m_rate == 0)
        return unlimited;
    const double earned = static_cast<double>(m_rate) * Seconds(std::max(now, m_since) - m_since).count();
    m_bytes = std::min(m_capacity, m_bytes + earned);
    m_since = std::max(now, m_since);
    return static_cast<std::size_t>(m_bytes);
}

void TokenBucket::take(std::size_t bytes)
{
    if (m_rate != 0)
        m_bytes -= static_cast<double>(bytes);
}

SteadyTime TokenBucket::whenAllowed(std::size_t bytes) const
{
    const double missing = m_rate == 0 ? 0 : std::min(static_cast<double>(bytes), m_capacity) - m_bytes;
    if (missing <= 0)
        return m_since;
    const Seconds wait(missing / static_cast<double>(m_rate));
    return m_since + std::chrono::ceil<std::chrono::microseconds>(wait)
        + std::chrono::microseconds(1); // rounding errors
}

} // namespace odin
