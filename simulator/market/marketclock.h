// MarketClock: the simulator's time: the steady clock's, less every pause. While it is paused it stands still.
// Thread: confined to its user's. Owner: the MarketSimulator, which guards it with its mutex. Time is given, never
// read.
#pragma once

#include "core/model/types.h"

#include <optional>
#include <utility>

namespace odin {

class MarketClock
{
public:
    bool isPaused() const { return m_pausedAt.has_value(); }
    /// Without effect while it is paused.
    void pause(SteadyTime now)
    {
        if (!m_pausedAt)
            m_pausedAt = now;
    }
    /// Without effect while it runs.
    void resume(SteadyTime now)
    {
        if (m_pausedAt)
            m_stood += now - *std::exchange(m_pausedAt, std::nullopt);
    }

    SteadyTime time(SteadyTime now) const { return m_pausedAt.value_or(now) - m_stood; }
    /// When the steady clock shows that time of the market, should no pause come.
    SteadyTime steady(SteadyTime time) const { return time + m_stood; }

private:
    std::optional<SteadyTime> m_pausedAt;
    SteadyTime::duration m_stood{0};
};

} // namespace odin
