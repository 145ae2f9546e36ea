// How a log entry becomes a line. Pure functions. Thread: any. Owner: none.
#pragma once

#include "core/base/log.h"

#include <QByteArray>
#include <QStringView>

namespace odin {

/// `text` with everything escaped that could end a line, steer a terminal or turn the reading direction, so that what
/// somebody else sends us cannot look like a line of ours; cut to logLineCharsMax.
QString printable(QStringView text);

/// "2026-01-31 12:00:00.123 info  feed  message", in local time, without the end of line.
QByteArray textLine(const LogEntry &entry);
/// The same behind "<6>", the priority that journald reads.
QByteArray journalLine(const LogEntry &entry);
/// {"category":"odin.feed","level":"info","message":"...","ts":"2026-01-31T11:00:00.123Z"}
QByteArray jsonLine(const LogEntry &entry);

} // namespace odin
