// What the console remembers of its window between runs.
// Thread: main. Owner: a value.
#pragma once

#include <QSettings>

namespace odin {

/// A file of our own, whatever the program that shows the window calls itself.
inline QSettings consoleSettings()
{
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("odin"), QStringLiteral("console"));
}

/// Why that file cannot be read or written, and what to do; empty when it can.
QString consoleSettingsProblem();

} // namespace odin
