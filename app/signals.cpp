#include "app/signals.h"

#include <csignal>
#include <utility>
#include <unistd.h>

#include <sys/eventfd.h>

namespace odin {

namespace {

int wakeFd = -1;
volatile std::sig_atomic_t asked = 0;
volatile std::sig_atomic_t reload = 0;

// Only what is safe in a signal handler. The broker dies with us (PDEATHSIG).
void onSignal(int number)
{
    if (number != SIGHUP && asked)
        ::_exit(0);
    (number == SIGHUP ? reload : asked) = 1;
    const eventfd_t one = 1;
    [[maybe_unused]] const auto written = ::write(wakeFd, &one, sizeof one);
}

int openWakeFd()
{
    wakeFd = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return wakeFd;
}

} // namespace

Signals::Signals() : m_notifier(openWakeFd(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        eventfd_t count = 0;
        ::eventfd_read(wakeFd, &count);
        if (std::exchange(reload, 0))
            Q_EMIT reloadAsked();
        if (!asked)
            return;
        m_notifier.setEnabled(false);
        Q_EMIT stopAsked();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGHUP, &action, nullptr);
    ::signal(SIGPIPE, SIG_IGN); // a peer that is gone is an error of that write, not our end
}

} // namespace odin
