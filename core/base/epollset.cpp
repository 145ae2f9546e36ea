#include "core/base/epollset.h"

#include <QtGlobal>

#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/epoll.h>
#include <unistd.h>

// This file: who is watched, and how the kernel is told. epollwait.cpp: waiting and activating.
namespace odin {

EpollSet::EpollSet() : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
    if (m_epoll < 0)
        qFatal("No epoll instance (%s): raise the limit of open files", std::strerror(errno));
    control(EPOLL_CTL_ADD, m_wake.fd(), Watch{}, EPOLLIN);
}

EpollSet::~EpollSet() { ::close(m_epoll); }

quint32 EpollSet::eventOf(int type)
{
    switch (type) {
    case QSocketNotifier::Read: return EPOLLIN;
    case QSocketNotifier::Write: return EPOLLOUT;
    default: return EPOLLPRI;
    }
}

quint32 EpollSet::interestOf(const Watch &watch)
{
    quint32 interest = 0;
    for (int type = 0; type < typeCount; ++type)
        interest |= watch.notifiers[static_cast<std::size_t>(type)] ? eventOf(type) : 0;
    return interest;
}

void EpollSet::insert(QSocketNotifier *notifier)
{
    const int fd = static_cast<int>(notifier->socket());
    Watch &watch = m_watches[fd];
    if (watch.generation == 0)
        watch.generation = ++m_lastGeneration;

    QSocketNotifier *&place = watch.notifiers[notifier->type()];
    if (place && place != notifier) {
        qWarning("QSocketNotifier: Multiple socket notifiers for same socket %d and type %d", fd, notifier->type());
        // Perhaps the number was closed and opened again, then the kernel knows nothing of it: tell everything anew.
        watch.generation = ++m_lastGeneration;
        watch.registered = 0;
        watch.pending &= ~eventOf(notifier->type());
        if (std::exchange(watch.refused, false))
            std::erase(m_refused, fd);
    }
    place = notifier;
    markDirty(fd, watch);
}

void EpollSet::erase(QSocketNotifier *notifier)
{
    const int fd = static_cast<int>(notifier->socket());
    const auto it = m_watches.find(fd);
    if (it == m_watches.end() || it->second.notifiers[notifier->type()] != notifier)
        return;

    Watch &watch = it->second;
    watch.notifiers[notifier->type()] = nullptr;
    watch.pending &= ~eventOf(notifier->type());
    if (interestOf(watch) == 0)
        forget(fd);
    else
        markDirty(fd, watch);
}

void EpollSet::clear()
{
    while (!m_watches.empty())
        forget(m_watches.begin()->first);
}

// The descriptor may be closed already, then the kernel has forgotten it too: its answer does not matter.
void EpollSet::forget(int fd)
{
    const auto it = m_watches.find(fd);
    if (it->second.registered != 0)
        control(EPOLL_CTL_DEL, fd, it->second, 0);
    if (it->second.refused)
        std::erase(m_refused, fd);
    m_watches.erase(it);
}

void EpollSet::markDirty(int fd, Watch &watch)
{
    if (!std::exchange(watch.dirty, true))
        m_dirty.push_back(fd);
}

void EpollSet::applyChanges()
{
    for (std::size_t i = 0; i < m_dirty.size(); ++i) { // by index: disable() may append
        const int fd = m_dirty[i];
        const auto it = m_watches.find(fd);
        if (it == m_watches.end() || !std::exchange(it->second.dirty, false))
            continue;
        if (const int error = registerWatch(fd, it->second, interestOf(it->second)))
            disable(fd, error);
    }
    m_dirty.clear();
}

int EpollSet::registerWatch(int fd, Watch &watch, quint32 interest)
{
    if (watch.refused || watch.registered == interest)
        return 0;
    int error = control(watch.registered ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, watch, interest);
    if (error == ENOENT) { // closed and opened again behind its notifiers' backs
        watch.generation = ++m_lastGeneration;
        error = control(EPOLL_CTL_ADD, fd, watch, interest);
    } else if (error == EEXIST)
        error = control(EPOLL_CTL_MOD, fd, watch, interest);

    if (error == EPERM) {
        watch.refused = true;
        m_refused.push_back(fd);
        return 0;
    }
    watch.registered = error ? 0 : interest;
    return error;
}

int EpollSet::control(int operation, int fd, const Watch &watch, quint32 interest)
{
    epoll_event event{};
    event.events = interest;
    event.data.u64 = quint64(watch.generation) << 32 | quint32(fd);
    return ::epoll_ctl(m_epoll, operation, fd, &event) == 0 ? 0 : errno;
}

// As Qt does with a descriptor that is none: better off and said than on and silent.
void EpollSet::disable(int fd, int error)
{
    qWarning("QSocketNotifier: Invalid socket %d (%s), disabling...", fd, std::strerror(error));
    const auto notifiers = m_watches.at(fd).notifiers;
    for (QSocketNotifier *notifier : notifiers)
        if (notifier)
            notifier->setEnabled(false);
}

// A descriptor was closed before its notifier, and a duplicate keeps its description alive: the kernel goes on
// reporting it, and nothing can name it any more. Only a new epoll instance is rid of it (none to be had: next time).
void EpollSet::rebuild()
{
    const int fresh = ::epoll_create1(EPOLL_CLOEXEC);
    if (fresh < 0)
        return;
    m_orphaned = false;
    ::close(std::exchange(m_epoll, fresh));
    control(EPOLL_CTL_ADD, m_wake.fd(), Watch{}, EPOLLIN);
    for (auto &[fd, watch] : m_watches) {
        watch.registered = 0;
        markDirty(fd, watch);
    }
}

} // namespace odin
