#include "core/base/logoutput.h"

#include "core/model/limits.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace odin {

// JOURNAL_STREAM is inherited by everything a service starts, terminals too: systemd.exec(5) asks to compare it.
static bool leadsToJournal()
{
    struct stat info{};
    if (::fstat(STDERR_FILENO, &info) != 0)
        return false;
    const QByteArray ours = QByteArray::number(quint64(info.st_dev)) + ':' + QByteArray::number(quint64(info.st_ino));
    return qgetenv("JOURNAL_STREAM") == ours;
}

// Descriptor 2 would be given to the next socket, and log lines with it.
static void replaceClosedStandardError()
{
    if (::fcntl(STDERR_FILENO, F_GETFD) >= 0 || errno != EBADF)
        return;
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0 || nowhere == STDERR_FILENO)
        return;
    ::dup2(nowhere, STDERR_FILENO);
    ::close(nowhere);
}

void LogOutput::open()
{
    replaceClosedStandardError();
    m_isJournal = leadsToJournal();
}

void LogOutput::write(const QByteArray &line)
{
    const std::lock_guard lock(m_mutex);
    if (!waitForRoom()) {
        ++m_dropped;
        return;
    }
    if (const auto dropped = std::exchange(m_dropped, 0))
        writeNow("(" + QByteArray::number(dropped) + " log lines were dropped: nobody read them)");
    writeNow(line);
}

// A pipe is ready when it has room for 4 KiB at least, which is more than a line. After one wait in vain there is no
// other until somebody reads again.
bool LogOutput::waitForRoom()
{
    pollfd output{STDERR_FILENO, POLLOUT, 0};
    const auto patience = m_dropped == 0 ? limits::logWriteMsMax.count() : 0;
    int ready = 0;
    do
        ready = ::poll(&output, 1, static_cast<int>(patience));
    while (ready < 0 && errno == EINTR);
    return ready > 0;
}

void LogOutput::writeNow(QByteArray line)
{
    line += '\n';
    while (::write(STDERR_FILENO, line.constData(), static_cast<std::size_t>(line.size())) < 0 && errno == EINTR) { }
}

} // namespace odin
