// TimerList: the timers of one event loop, ordered by when they are due. Pure: it is told what time it is.
// Thread: one. Owner: EpollDispatcher.
// Qt's rules: a timer fires at most once per round; a late one fires once and what it missed is not made up for;
// one whose handler still runs (in a nested event loop) does not fire again before the handler has returned.
#pragma once

#include <Qt>
#include <QtGlobal>

#include <chrono>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

QT_FORWARD_DECLARE_CLASS(QObject)

namespace odin {

class TimerList
{
public:
    using Time = std::chrono::steady_clock::time_point;
    using Millis = std::chrono::milliseconds;

    struct Timer
    {
        int id = 0;
        Millis interval{0};
        Qt::TimerType type = Qt::CoarseTimer; ///< kept for whoever asks; all types are precise here
        QObject *object = nullptr;
    };

    void add(const Timer &timer, Time now);
    bool remove(int id);
    /// False when it had none.
    bool removeAll(const QObject *object);
    void clear();

    std::vector<Timer> timersOf(const QObject *object) const;
    /// Until it fires, rounded up, 0 when it is overdue; nothing when there is no such timer.
    std::optional<Millis> remaining(int id, Time now) const;
    /// When to wake up; timers whose handler runs do not count.
    std::optional<Time> nextDue() const;

    /// What is queued while a round fires waits for the next one.
    struct Round
    {
        Time now;
        quint64 end;
    };
    struct Firing
    {
        int id;
        QObject *object;
        quint64 order;
    };

    Round startRound(Time now) const { return {now, m_nextOrder}; }
    /// The next timer to fire in this round. Call finish() when its handler has returned.
    std::optional<Firing> takeDue(const Round &round);
    /// Queues it again, unless the handler has removed it.
    void finish(const Firing &firing);

private:
    struct Entry
    {
        Timer timer;
        Time due;
        quint64 order; ///< of queueing: first come first served, and tells a timer from a later one with its id
    };
    struct Key
    {
        Time due;
        quint64 order;
        int id;
        auto operator<=>(const Key &) const = default;
    };

    static Key keyOf(const Entry &entry) { return {entry.due, entry.order, entry.timer.id}; }

    std::unordered_map<int, Entry> m_timers;
    std::set<Key> m_queue;                             // without those whose handler runs
    std::set<std::pair<const QObject *, int>> m_owned; // objects die often: their timers are found without a search
    quint64 m_nextOrder = 0;
};

} // namespace odin
