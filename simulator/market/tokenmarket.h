// TokenMarket: one simulated token: its walk, its trades, its last 24 hours.
// Thread: confined to its user's. Owner: the market.
// Its clock is the sum of the intervals it was given, not the machine's: so a seed gives the same ticks on a machine
// that stalls, and whatever the other tokens do.
#pragma once

#include "simulator/market/catalog.h"
#include "simulator/market/day.h"
#include "simulator/market/payload.h"
#include "simulator/market/scenario.h"

namespace odin {

class TokenMarket
{
public:
    enum class Past {
        Day, ///< a day that ends in the profile's price
        None, ///< new to the market: nothing was traded yet
    };

    TokenMarket(const TokenProfile &profile, quint64 seed, Past past = Past::Day);

    /// One trade, `dt` after the one before. The first, with dt 0, states the price at the start.
    const Quote &tick(std::chrono::milliseconds dt, const ScenarioEffect &effect = {});
    const Quote &quote() const { return m_quote; }
    quint64 ticks() const { return m_ticks; }
    const WalkParameters &parameters() const { return m_walk.parameters(); }
    /// From the next tick on; the price stays.
    void setParameters(const WalkParameters &parameters) { m_walk.setParameters(parameters); }
    /// What a scenario leaves behind: from the next tick on, as if the price had always been that.
    void scalePrice(double factor) { m_walk.scale(factor); }

private:
    void livePastDay(const TokenProfile &profile, quint64 seed);
    void trade(double price, double volume);

    const double m_dailyVolume;
    Walk m_walk;
    Random m_volumes;
    Day m_day;
    std::chrono::milliseconds m_clock{0};
    Quote m_quote;
    quint64 m_ticks = 0;
};

} // namespace odin
