#include "core/base/timerlist.h"

#include <algorithm>
#include <limits>

namespace odin {

// An interval that reaches beyond the end of the clock would be due in the past.
static constexpr std::chrono::hours intervalMax{24 * 365 * 100};

void TimerList::add(const Timer &timer, Time now)
{
    remove(timer.id);
    const Time due = now + std::min<Millis>(timer.interval, intervalMax);
    const Entry entry{timer, due, m_nextOrder++};
    m_timers.emplace(timer.id, entry);
    m_queue.insert(keyOf(entry));
    m_owned.emplace(timer.object, timer.id);
}

bool TimerList::remove(int id)
{
    const auto it = m_timers.find(id);
    if (it == m_timers.end())
        return false;
    m_queue.erase(keyOf(it->second));
    m_owned.erase({it->second.timer.object, id});
    m_timers.erase(it);
    return true;
}

bool TimerList::removeAll(const QObject *object)
{
    const auto timers = timersOf(object);
    for (const Timer &timer : timers)
        remove(timer.id);
    return !timers.empty();
}

void TimerList::clear()
{
    m_timers.clear();
    m_queue.clear();
    m_owned.clear();
}

std::vector<TimerList::Timer> TimerList::timersOf(const QObject *object) const
{
    std::vector<Timer> timers;
    auto it = m_owned.lower_bound({object, std::numeric_limits<int>::min()});
    for (; it != m_owned.end() && it->first == object; ++it)
        timers.push_back(m_timers.at(it->second).timer);
    return timers;
}

std::optional<TimerList::Millis> TimerList::remaining(int id, Time now) const
{
    const auto it = m_timers.find(id);
    if (it == m_timers.end())
        return std::nullopt;
    return std::max(Millis::zero(), std::chrono::ceil<Millis>(it->second.due - now));
}

std::optional<TimerList::Time> TimerList::nextDue() const
{
    if (m_queue.empty())
        return std::nullopt;
    return m_queue.begin()->due;
}

// Whatever is queued during a round is due at round.now or later, and behind those that were due then:
// so the first one that does not belong to the round ends it.
std::optional<TimerList::Firing> TimerList::takeDue(const Round &round)
{
    if (m_queue.empty())
        return std::nullopt;
    const Key key = *m_queue.begin();
    if (key.due > round.now || key.order >= round.end)
        return std::nullopt;

    m_queue.erase(m_queue.begin());
    Entry &entry = m_timers.at(key.id);
    const auto interval = std::min<Millis>(entry.timer.interval, intervalMax);
    entry.due += interval;
    if (entry.due < round.now)
        entry.due = round.now + interval;
    return Firing{key.id, entry.timer.object, key.order};
}

void TimerList::finish(const Firing &firing)
{
    const auto it = m_timers.find(firing.id);
    if (it == m_timers.end() || it->second.order != firing.order)
        return;
    it->second.order = m_nextOrder++;
    m_queue.insert(keyOf(it->second));
}

} // namespace odin
