// LogEntry: one line of the log as the console shows it.
// Values; any thread.
#pragma once

#include <QByteArray>
#include <QString>
#include <QtGlobal>

namespace odin {

struct LogEntry
{
    qint64 timestampMs = 0;
    QtMsgType level = QtInfoMsg;
    QByteArray category;
    QString text; ///< control characters escaped, at most logLineCharsMax
    quint64 number = 0; ///< counts from 1 since the start; 0 = not kept yet
};

} // namespace odin
