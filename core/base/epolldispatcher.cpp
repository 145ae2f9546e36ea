#include "core/base/epolldispatcher.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>
#include <limits>

namespace odin {

static TimerList::Time now() { return std::chrono::steady_clock::now(); }

EpollDispatcher::EpollDispatcher(QObject *parent) : QAbstractEventDispatcher(parent) {}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    const quint64 round = ++m_round;
    m_interrupted = false;
    QCoreApplication::sendPostedEvents();

    const bool mayBlock = flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_interrupted;
    if (mayBlock)
        Q_EMIT aboutToBlock();
    if (m_interrupted)
        return false;
    bool worked = wait(flags, round);
    if (mayBlock)
        Q_EMIT awake();

    if (!flags.testFlag(QEventLoop::ExcludeSocketNotifiers))
        worked |= m_sockets.activate() > 0;
    worked |= fireTimers() > 0;
    return worked;
}

// True when woken. A nested round may have used up the wake-up that was meant for this one: then it does not block.
bool EpollDispatcher::wait(QEventLoop::ProcessEventsFlags flags, quint64 round)
{
    const bool mayBlock = flags.testFlag(QEventLoop::WaitForMoreEvents) && round == m_round;
    State running = State::Running;
    EpollSet::Timeout timeout = std::chrono::nanoseconds::zero();
    if (mayBlock && m_state.compare_exchange_strong(running, State::Waiting))
        timeout = untilNextTimer();

    if (flags.testFlag(QEventLoop::ExcludeSocketNotifiers))
        m_sockets.waitForWake(timeout);
    else
        m_sockets.wait(timeout);
    return m_state.exchange(State::Running) == State::Woken;
}

EpollSet::Timeout EpollDispatcher::untilNextTimer() const
{
    const auto due = m_timers.nextDue();
    if (!due)
        return std::nullopt;
    return std::max(std::chrono::nanoseconds::zero(), std::chrono::nanoseconds(*due - now()));
}

int EpollDispatcher::fireTimers()
{
    int fired = 0;
    const auto round = m_timers.startRound(now());
    while (const auto firing = m_timers.takeDue(round)) {
        QTimerEvent event(firing->id);
        QCoreApplication::sendEvent(firing->object, &event);
        m_timers.finish(*firing);
        ++fired;
    }
    return fired;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier) { m_sockets.insert(notifier); }

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier) { m_sockets.erase(notifier); }

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    m_timers.add({timerId, std::chrono::milliseconds(interval), timerType, object}, now());
}

bool EpollDispatcher::unregisterTimer(int timerId) { return m_timers.remove(timerId); }

bool EpollDispatcher::unregisterTimers(QObject *object) { return m_timers.removeAll(object); }

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> infos;
    for (const auto &timer : m_timers.timersOf(object))
        infos.append(TimerInfo(timer.id, static_cast<int>(timer.interval.count()), timer.type));
    return infos;
}

int EpollDispatcher::remainingTime(int timerId)
{
    const auto left = m_timers.remaining(timerId, now());
    if (!left)
        return -1;
    return static_cast<int>(std::min<qint64>(left->count(), std::numeric_limits<int>::max()));
}

// While the thread runs, a flag is enough: the system call is only for one that sleeps.
void EpollDispatcher::wakeUp()
{
    if (m_state.exchange(State::Woken) == State::Waiting)
        m_sockets.wake();
}

void EpollDispatcher::interrupt()
{
    m_interrupted = true;
    wakeUp();
}

// The objects behind them may live on, but nothing here will ever call them again.
void EpollDispatcher::closingDown()
{
    m_sockets.clear();
    m_timers.clear();
}

} // namespace odin
