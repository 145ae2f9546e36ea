// EpollDispatcher: Qt's event loop over epoll. Qt's own looks at every socket at each wake-up, which takes most of
// the time from some thousand sockets on; here a wake-up costs what it found.
// Thread: that of the QThread or QCoreApplication that owns it (setEventDispatcher); wakeUp() and interrupt() from any.
// Owner: the same.
#pragma once

#include "core/base/epollset.h"
#include "core/base/timerlist.h"

#include <QAbstractEventDispatcher>

#include <atomic>

namespace odin {

class EpollDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT
public:
    explicit EpollDispatcher(QObject *parent = nullptr);

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;
    void closingDown() override;

private:
    // Woken outlives the start of processEvents(): whoever calls wakeUp() between two rounds ends the wait of the next.
    enum class State { Running, Waiting, Woken };

    bool wait(QEventLoop::ProcessEventsFlags flags, quint64 round);
    EpollSet::Timeout untilNextTimer() const;
    int fireTimers();

    // Confined to the thread
    EpollSet m_sockets;
    TimerList m_timers;
    quint64 m_round = 0;

    // Any thread
    std::atomic<State> m_state{State::Running};
    std::atomic<bool> m_interrupted{false};
};

} // namespace odin
