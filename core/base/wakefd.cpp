#include "core/base/wakefd.h"

#include <QtGlobal>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include <sys/eventfd.h>
#include <unistd.h>

namespace odin {

// Made when a thread or a queue is made, never per client: without it the program cannot run at all.
static int newEventFd()
{
    const int fd = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (fd < 0)
        qFatal("No eventfd (%s): raise the limit of open files", std::strerror(errno));
    return fd;
}

WakeFd::WakeFd() : m_fd(newEventFd()) {}

WakeFd::~WakeFd() { ::close(m_fd); }

// The one error that can happen, a full counter, means that the waiting thread is awake already.
void WakeFd::wake() noexcept
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_fd, &one, sizeof one);
}

void WakeFd::clear() noexcept
{
    std::uint64_t count;
    [[maybe_unused]] const auto read = ::read(m_fd, &count, sizeof count);
}

} // namespace odin
