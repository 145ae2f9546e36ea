// EpollSet: the socket notifiers of one event loop over one epoll instance, level-triggered as Qt expects.
// Thread: one, but wake() may be called from any. Owner: EpollDispatcher.
// Changes of interest are collected and told to the kernel right before the next wait: a notifier that is switched on
// and off in between costs nothing. Only the end of a descriptor's last notifier is told at once, because the
// descriptor is about to be closed, and its number about to be used again.
#pragma once

#include "core/base/wakefd.h"

#include <QSocketNotifier>

#include <array>
#include <chrono>
#include <optional>
#include <unordered_map>
#include <vector>

struct epoll_event;

namespace odin {

class EpollSet
{
public:
    using Timeout = std::optional<std::chrono::nanoseconds>; ///< nothing = for ever

    EpollSet();
    ~EpollSet();
    EpollSet(const EpollSet &) = delete;
    EpollSet &operator=(const EpollSet &) = delete;

    void insert(QSocketNotifier *notifier);
    void erase(QSocketNotifier *notifier);
    void clear();

    /// Ends the wait that runs or the next one.
    void wake() noexcept { m_wake.wake(); }
    /// Waits for events and remembers whom they concern.
    void wait(Timeout timeout);
    /// Waits for wake() only.
    void waitForWake(Timeout timeout);
    /// Activates the notifiers found by wait(), readers before writers. Gives how many.
    int activate();

private:
    static constexpr int typeCount = 3; // QSocketNotifier::Type

    struct Watch
    {
        std::array<QSocketNotifier *, typeCount> notifiers{};
        quint32 generation = 0; // tells this use of the descriptor's number from others
        quint32 registered = 0; // what the kernel knows, as epoll events; 0 = nothing
        quint32 pending = 0;    // found by wait(), not activated yet
        bool dirty = false;     // is in m_dirty
        bool refused = false;   // epoll takes no regular files: always ready, as with poll
    };

    static quint32 eventOf(int type);
    static quint32 interestOf(const Watch &watch);
    void markDirty(int fd, Watch &watch);
    void applyChanges();
    int registerWatch(int fd, Watch &watch, quint32 interest);
    int control(int operation, int fd, const Watch &watch, quint32 interest);
    void disable(int fd, int error);
    void forget(int fd);
    void rebuild();

    int pollKernel(epoll_event *events, int eventsMax, Timeout timeout);
    void collect(const epoll_event &event);
    void collectRefused();
    int activate(int fd, int type);

    WakeFd m_wake;
    int m_epoll;
    std::unordered_map<int, Watch> m_watches;
    std::vector<int> m_dirty;
    std::vector<int> m_refused;
    std::vector<int> m_ready; // of the last wait(); their watches say for what
    quint32 m_lastGeneration = 0;
    bool m_orphaned = false; // the kernel reports a descriptor that is not watched any more
};

} // namespace odin
