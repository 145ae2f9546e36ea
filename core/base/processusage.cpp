#include "core/base/processusage.h"

#include <QFile>

#include <ctime>
#include <filesystem>
#include <optional>

#include <sys/stat.h>
#include <unistd.h>

namespace odin {

// The clock of a process counts nanoseconds; /proc/<pid>/stat has hundredths of a second only.
static std::optional<std::chrono::microseconds> cpuTime(qint64 processId)
{
    clockid_t clock;
    timespec used{};
    if (::clock_getcpuclockid(static_cast<pid_t>(processId), &clock) != 0 || ::clock_gettime(clock, &used) != 0)
        return std::nullopt;
    return std::chrono::seconds(used.tv_sec)
        + std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::nanoseconds(used.tv_nsec));
}

// Since Linux 6.2 the size of the folder is the answer; before, its entries have to be counted (for ourselves one too
// many: the folder being read).
static int openDescriptors(const QByteArray &folder)
{
    struct stat info{};
    if (::stat(folder.constData(), &info) == 0 && info.st_size > 0)
        return static_cast<int>(info.st_size);

    int count = 0;
    std::error_code error;
    using std::filesystem::directory_iterator;
    for (directory_iterator it(folder.toStdString(), error); !error && it != directory_iterator(); it.increment(error))
        ++count;
    return count;
}

// The fields behind "pid (name) "; the name may hold blanks and brackets itself. Numbered as in proc(5).
static QList<QByteArray> statFields(const QByteArray &folder)
{
    QFile file(QFile::decodeName(folder + "stat"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readAll();
    return line.mid(line.lastIndexOf(')') + 2).split(' ');
}

Result<ProcessUsage> processUsage(qint64 processId)
{
    const QByteArray folder = "/proc/" + (processId == 0 ? QByteArray("self") : QByteArray::number(processId)) + '/';
    constexpr int firstField = 3;
    constexpr int threadsField = 20;
    constexpr int residentPagesField = 24;

    const auto cpu = cpuTime(processId);
    const auto fields = statFields(folder);
    if (!cpu || fields.size() <= residentPagesField - firstField)
        return Error{QStringLiteral("There is no process %1").arg(processId)};
    return ProcessUsage{*cpu, fields[residentPagesField - firstField].toLongLong() * ::sysconf(_SC_PAGESIZE),
                        fields[threadsField - firstField].toInt(), openDescriptors(folder + "fd")};
}

} // namespace odin
