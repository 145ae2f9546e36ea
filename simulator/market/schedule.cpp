#include "simulator/market/schedule.h"

#include "core/model/limits.h"

#include <algorithm>

namespace odin {

bool Interval::isValid() const
{
    return min >= limits::simulatorIntervalMsMin && max <= limits::simulatorIntervalMsMax && min <= max;
}

Interval Interval::faster(double factor) const
{
    const auto divided = [factor](std::chrono::milliseconds time) {
        return std::max(std::chrono::round<std::chrono::milliseconds>(time / factor), limits::simulatorIntervalMsMin);
    };
    return {divided(min), divided(max)};
}

int Schedule::add(Interval interval, Random random, SteadyTime first)
{
    m_entries.push_back({interval, random, first});
    return static_cast<int>(m_entries.size()) - 1;
}

std::optional<SteadyTime> Schedule::next() const
{
    const auto *entry = earliest();
    return entry ? std::optional(entry->due) : std::nullopt;
}

std::optional<Schedule::Due> Schedule::take(SteadyTime now)
{
    const auto *first = earliest();
    if (!first || first->due > now)
        return std::nullopt;
    const int number = static_cast<int>(first - m_entries.data());
    auto &entry = at(number);
    const Due due{number, entry.drawn};
    entry.draw(entry.due);
    if (entry.due <= now)
        entry.due = now + entry.drawn;
    return due;
}

void Schedule::setOn(int entry, bool on, SteadyTime now)
{
    if (at(entry).on == on)
        return;
    at(entry).on = on;
    if (on)
        at(entry).draw(now);
}

void Schedule::setInterval(int entry, Interval interval, SteadyTime now)
{
    at(entry).interval = interval;
    at(entry).draw(now);
}

void Schedule::Entry::draw(SteadyTime from)
{
    drawn = std::chrono::milliseconds(random.between(interval.min.count(), interval.max.count()));
    due = from + drawn;
}

const Schedule::Entry *Schedule::earliest() const
{
    const Entry *best = nullptr;
    for (const auto &entry : m_entries) {
        if (entry.on && (!best || entry.due < best->due))
            best = &entry;
    }
    return best;
}

} // namespace odin
