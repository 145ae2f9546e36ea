// Schedule: what is due next, for any number of entries that recur at jittered intervals.
// Thread: confined to its user's. Owner: the market. Time is given, never read.
// Late entries do not pile up: after a stall each comes once and goes on from there.
#pragma once

#include "core/model/types.h"
#include "simulator/market/random.h"

#include <optional>
#include <vector>

namespace odin {

/// Uniform in [min, max].
struct Interval
{
    std::chrono::milliseconds min{1000};
    std::chrono::milliseconds max{5000};

    /// Within simulatorIntervalMsMin and simulatorIntervalMsMax, min not above max.
    bool isValid() const;
    /// So many times as often, but not below simulatorIntervalMsMin.
    Interval faster(double factor) const;
    bool operator==(const Interval &) const = default;
};

class Schedule
{
public:
    struct Due
    {
        int entry = 0;
        std::chrono::milliseconds interval{0}; ///< the drawn time since the entry was due before
    };

    /// An entry that is on and due first at `first`; gives its number. `random` draws its intervals.
    int add(Interval interval, Random random, SteadyTime first);

    /// When take() gives something; nullopt while every entry is off.
    std::optional<SteadyTime> next() const;
    /// What is due the longest at `now`, if anything.
    std::optional<Due> take(SteadyTime now);

    bool isOn(int entry) const { return at(entry).on; }
    /// Comes back an interval after `now`.
    void setOn(int entry, bool on, SteadyTime now);
    const Interval &interval(int entry) const { return at(entry).interval; }
    /// Acts at once: the time that is waited for now is drawn anew.
    void setInterval(int entry, Interval interval, SteadyTime now);

private:
    struct Entry
    {
        Interval interval;
        Random random;
        SteadyTime due;
        std::chrono::milliseconds drawn{0};
        bool on = true;

        void draw(SteadyTime from);
    };

    const Entry &at(int entry) const { return m_entries[static_cast<std::size_t>(entry)]; }
    Entry &at(int entry) { return m_entries[static_cast<std::size_t>(entry)]; }
    const Entry *earliest() const;

    std::vector<Entry> m_entries; // a linear search: a publish takes longer than comparing 2,000 times
};

} // namespace odin
