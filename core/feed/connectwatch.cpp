#include "core/feed/connectwatch.h"

#include <csignal>
#include <unistd.h>

#include <sys/syscall.h>

namespace odin {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds again{50}; // the first signal may come between two calls that block

int interruption()
{
    static const int number = [] {
        const int free = SIGRTMIN + 5;
        struct sigaction action = {};
        action.sa_handler = [](int) {}; // that it comes is all; without SA_RESTART
        ::sigemptyset(&action.sa_mask);
        ::sigaction(free, &action, nullptr);
        return free;
    }();
    return number;
}

timespec spec(milliseconds time) { return {time.count() / 1000, (time.count() % 1000) * 1'000'000}; }

} // namespace

ConnectWatch::ConnectWatch(milliseconds allowed) : m_end(std::chrono::steady_clock::now() + allowed)
{
    sigevent event = {};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = interruption();
    event._sigev_un._tid = pid_t(::syscall(SYS_gettid));
    m_isSet = ::timer_create(CLOCK_MONOTONIC, &event, &m_timer) == 0;
    const itimerspec when{spec(again), spec(allowed)};
    if (m_isSet)
        ::timer_settime(m_timer, 0, &when, nullptr);
}

ConnectWatch::~ConnectWatch()
{
    if (m_isSet)
        ::timer_delete(m_timer);
}

} // namespace odin
