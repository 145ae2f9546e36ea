// RateBudget: a token bucket: so many at once, so many a second sustained. Small: one stands in each session.
// Thread: confined to its user's. Owner: the same (a value). Time is given, never read.
#pragma once

#include "core/model/types.h"

#include <algorithm>
#include <chrono>

namespace odin {

class RateBudget
{
public:
    /// Takes `amount` if there is as much. Full at first.
    bool take(SteadyTime now, double perSecond, double burst, double amount = 1)
    {
        const auto gained = std::chrono::duration<double>(now - m_since).count() * perSecond;
        m_left = m_isUsed ? std::min(burst, m_left + gained) : burst;
        m_isUsed = true;
        m_since = now;
        if (m_left < amount)
            return false;
        m_left -= amount;
        return true;
    }

    /// Gives back what was taken; never more than that.
    void give(double amount) { m_left += amount; }

private:
    double m_left = 0;
    SteadyTime m_since{};
    bool m_isUsed = false;
};

} // namespace odin
