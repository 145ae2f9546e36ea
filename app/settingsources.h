// Reads settings from the file, the environment and the command line: flags beat variables beat file beat defaults.
// Pure but for reading the file; main thread.
#pragma once

#include "app/setting.h"
#include "core/model/result.h"

#include <QProcessEnvironment>
#include <QStringList>

namespace odin {

struct CommandLine
{
    Settings settings;          ///< only those given
    QString configFile;
    bool printConfig = false, checkConfig = false, help = false, version = false;
};

/// Error: a sentence for a wrong flag (exit code 2).
Result<CommandLine> parseCommandLine(const QStringList &arguments);
QString helpText(const QString &program);

Settings defaultSettings();
/// ODIN_... variables, and ODIN_..._FILE for a value that stands in a file. Unknown ones are reported, because a misspelt
/// one would be silently without effect.
Result<Settings> settingsFromEnvironment(const QProcessEnvironment &environment);
/// Files named odin-NAME, each with the value of a setting: systemd's credentials. None when `folder` is empty.
Result<Settings> settingsFromCredentials(const QString &folder);
/// Errors carry the line and column.
Result<Settings> settingsFromFile(const QString &path);
/// The same of what is in a file; `path` is for the errors.
Result<Settings> settingsFromText(const QByteArray &toml, const QString &path);

/// Puts `over` on top of `base`.
Settings merged(Settings base, const Settings &over);

/// TOML of the settings, as settingsFromFile() reads it.
QString settingsFileText(const Settings &settings);
/// The same for people: each with where it came from, and without passwords.
QString printedSettings(const Settings &settings);

} // namespace odin
