// The log: QLoggingCategory with one handler that writes to standard error as text or JSON lines.
// Thread: any. Owner: installed once by app; a bounded tail is kept for the console's log page.
#pragma once

#include <QLoggingCategory>
#include <QString>

#include <vector>

namespace odin {

Q_DECLARE_LOGGING_CATEGORY(lcApp)
Q_DECLARE_LOGGING_CATEGORY(lcFeed)
Q_DECLARE_LOGGING_CATEGORY(lcBroker)
Q_DECLARE_LOGGING_CATEGORY(lcHub)
Q_DECLARE_LOGGING_CATEGORY(lcShard)
Q_DECLARE_LOGGING_CATEGORY(lcHttp)
Q_DECLARE_LOGGING_CATEGORY(lcSim)

enum class LogFormat { Text, Json };

struct LogEntry
{
    qint64 timestampMs = 0;
    QtMsgType level = QtInfoMsg;
    QByteArray category;
    QString text;       ///< control characters escaped, at most logLineCharsMax
};

/// `level`: debug, info, warning or error (checked by the caller's configuration).
void installLog(QtMsgType level, LogFormat format);

/// The newest entries (at most logTailEntriesMax), oldest first.
std::vector<LogEntry> logTail();

} // namespace odin
