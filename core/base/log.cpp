#include "core/base/log.h"

#include "core/base/logformat.h"
#include "core/base/logoutput.h"
#include "core/model/limits.h"
#include "core/model/types.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <mutex>

namespace odin {

Q_LOGGING_CATEGORY(lcApp, "odin.app")
Q_LOGGING_CATEGORY(lcFeed, "odin.feed")
Q_LOGGING_CATEGORY(lcBroker, "odin.broker")
Q_LOGGING_CATEGORY(lcHub, "odin.hub")
Q_LOGGING_CATEGORY(lcShard, "odin.shard")
Q_LOGGING_CATEGORY(lcHttp, "odin.http")
Q_LOGGING_CATEGORY(lcSim, "odin.sim")

namespace {

struct Log
{
    std::atomic<LogFormat> format{LogFormat::Text};
    LogOutput output;

    std::mutex tailMutex;
    std::deque<LogEntry> tail; // guarded by tailMutex, like the number of its newest entry
    quint64 newest = 0;
};

// Never destroyed: other threads and static destructors may log until the very end.
Log &log()
{
    static Log *const instance = new Log;
    return *instance;
}

QByteArray lineOf(const LogEntry &entry)
{
    if (log().format == LogFormat::Json)
        return jsonLine(entry);
    return log().output.isJournal() ? journalLine(entry) : textLine(entry);
}

void remember(LogEntry entry)
{
    const std::lock_guard lock(log().tailMutex);
    entry.number = ++log().newest;
    log().tail.push_back(std::move(entry));
    if (log().tail.size() > limits::logTailEntriesMax)
        log().tail.pop_front();
}

void handle(QtMsgType level, const QMessageLogContext &context, const QString &message)
{
    LogEntry entry{.timestampMs = wallMs(),
                   .level = level,
                   .category = context.category ? context.category : "default",
                   .text = printable(message),
                   .number = 0};
    log().output.write(lineOf(entry));
    remember(std::move(entry));
}

// Below "info" our own chatter is switched on, Qt's stays as Qt has it: it would drown ours.
QString rulesFor(QtMsgType level)
{
    switch (level) {
    case QtDebugMsg: return QStringLiteral("odin.*.debug=true\ndefault.debug=true");
    case QtInfoMsg: return QStringLiteral("*.debug=false");
    case QtWarningMsg: return QStringLiteral("*.debug=false\n*.info=false");
    default: return QStringLiteral("*.debug=false\n*.info=false\n*.warning=false");
    }
}

} // namespace

void installLog(QtMsgType level, LogFormat format)
{
    log().output.open();
    changeLog(level, format);
    qInstallMessageHandler(handle);
}

void changeLog(QtMsgType level, LogFormat format)
{
    log().format = format;
    QLoggingCategory::setFilterRules(rulesFor(level));
}

std::vector<LogEntry> logTail(quint64 after)
{
    const std::lock_guard lock(log().tailMutex);
    const auto &tail = log().tail;
    const auto newer = std::min<quint64>(tail.size(), log().newest - std::min(after, log().newest));
    return {tail.end() - static_cast<std::ptrdiff_t>(newer), tail.end()};
}

} // namespace odin
