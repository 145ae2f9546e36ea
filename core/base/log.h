// The log: QLoggingCategory with one handler that writes to standard error as text or JSON lines.
// Thread: any. Owner: installed once by app; a bounded tail is kept for the console's log page.
#pragma once

#include "core/model/logentry.h"

#include <QLoggingCategory>

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

/// `level`: debug, info, warning or error (checked by the caller's configuration).
void installLog(QtMsgType level, LogFormat format);

/// Takes effect at once, on every thread.
void changeLog(QtMsgType level, LogFormat format);

/// What was said after the entry with this number, as far as it is kept (the newest logTailEntriesMax), oldest first.
std::vector<LogEntry> logTail(quint64 after = 0);

} // namespace odin
