// Day: volume and price change of one token over the last 24 hours, in 1,440 buckets of a minute.
// Thread: confined to its user's. Owner: the token's market or the replay.
// Memory is constant (23 KiB); the window's edge is exact to a minute.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace odin {

class Day
{
public:
    /// `at` counts from any fixed point, the same for all calls. A trade from before the newest one counts in the
    /// newest minute; one from more than 24 hours before starts the window anew.
    void trade(std::chrono::milliseconds at, double price, double volume);

    /// Sum of the volumes traded in the last 24 hours; added up at each call (1 us), so no rounding error ever gathers.
    double volume24h() const;
    /// Percent, from the price of 24 hours ago (or from the first price while there is no older one) to the last.
    double priceChange24h() const;

private:
    struct Minute
    {
        double volume = 0;
        double close = 0; ///< last price at the minute's end
    };

    const Minute &newest() const;
    void restart(std::int64_t minute, double price);
    void advanceTo(std::int64_t minute);

    std::vector<Minute> m_minutes; // empty until the first trade
    std::int64_t m_minute = 0;     // the newest; its bucket is still open
    double m_reference = 0;        // close of the minute that left the window last
};

} // namespace odin
