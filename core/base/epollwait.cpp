#include "core/base/epollset.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <utility>

#include <poll.h>
#include <sys/epoll.h>

// Second half of EpollSet: waiting and activating.
namespace odin {

static constexpr std::size_t batchMax = 512; // events per wait; posted events and timers get their turn in between

static timespec toTimespec(std::chrono::nanoseconds duration)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(duration);
    return {static_cast<time_t>(seconds.count()), static_cast<long>((duration - seconds).count())};
}

void EpollSet::wait(Timeout timeout)
{
    applyChanges();
    collectRefused();
    if (!m_ready.empty())
        timeout = std::chrono::nanoseconds::zero();

    std::array<epoll_event, batchMax> events;
    const int count = pollKernel(events.data(), batchMax, timeout);
    for (int i = 0; i < count; ++i)
        collect(events[static_cast<std::size_t>(i)]);
    if (m_orphaned)
        rebuild();
}

void EpollSet::waitForWake(Timeout timeout)
{
    pollfd wake{m_wake.fd(), POLLIN, 0};
    const timespec duration = toTimespec(timeout.value_or(std::chrono::nanoseconds::zero()));
    if (::ppoll(&wake, 1, timeout ? &duration : nullptr, nullptr) > 0)
        m_wake.clear();
}

// Kernels before 5.11, and sandboxes that do not know the newer call, wait in whole milliseconds.
int EpollSet::pollKernel(epoll_event *events, int eventsMax, Timeout timeout)
{
    const timespec duration = toTimespec(timeout.value_or(std::chrono::nanoseconds::zero()));
    const int count = ::epoll_pwait2(m_epoll, events, eventsMax, timeout ? &duration : nullptr, nullptr);
    if (count >= 0 || (errno != ENOSYS && errno != EPERM))
        return count;

    using std::chrono::milliseconds;
    constexpr milliseconds longest{std::numeric_limits<int>::max()};
    const auto rounded = timeout ? std::min(std::chrono::ceil<milliseconds>(*timeout), longest) : milliseconds(-1);
    return ::epoll_wait(m_epoll, events, eventsMax, static_cast<int>(rounded.count()));
}

// The kernel was told of every watch that ended before this wait, so an event without its watch is an orphan.
void EpollSet::collect(const epoll_event &event)
{
    const int fd = static_cast<int>(quint32(event.data.u64));
    const auto generation = static_cast<quint32>(event.data.u64 >> 32);
    if (generation == 0) {
        m_wake.clear();
        return;
    }
    const auto it = m_watches.find(fd);
    if (it == m_watches.end() || it->second.generation != generation) {
        m_orphaned = true;
        return;
    }
    // A broken connection concerns everybody: whoever is there shall notice.
    const quint32 interest = interestOf(it->second);
    it->second.pending |= event.events & (EPOLLHUP | EPOLLERR) ? interest : event.events & interest;
    m_ready.push_back(fd);
}

void EpollSet::collectRefused()
{
    for (const int fd : m_refused) {
        Watch &watch = m_watches.at(fd);
        watch.pending |= interestOf(watch) & (EPOLLIN | EPOLLOUT);
        if (watch.pending != 0)
            m_ready.push_back(fd);
    }
}

int EpollSet::activate()
{
    std::vector<int> ready = std::exchange(m_ready, {}); // a handler's nested event loop makes a list of its own
    int activated = 0;
    for (int type = 0; type < typeCount; ++type)
        for (const int fd : ready)
            activated += activate(fd, type);
    ready.clear();
    m_ready.swap(ready); // keeps the capacity
    return activated;
}

// Looked up each time: the handlers before may have disabled, deleted or replaced anything.
int EpollSet::activate(int fd, int type)
{
    const auto it = m_watches.find(fd);
    if (it == m_watches.end() || !(it->second.pending & eventOf(type)))
        return 0;
    it->second.pending &= ~eventOf(type);
    QEvent event(QEvent::SockAct);
    QCoreApplication::sendEvent(it->second.notifiers[static_cast<std::size_t>(type)], &event);
    return 1;
}

} // namespace odin
