// The settings of the programs: one table for flags, ODIN_... variables, the TOML file, --help and --print-config.
// Values; main thread.
#pragma once

#include <QString>
#include <QStringView>

#include <map>
#include <optional>
#include <span>

namespace odin {

struct SettingInfo
{
    const char *name;       ///< "log-level": --log-level, ODIN_LOG_LEVEL, log-level = "..." in the file
    const char *value;      ///< what --help calls its value; empty for a switch
    const char *fallback;   ///< default, as text
    const char *help;
    const char *choices = ""; ///< "text|json": the words it knows; empty = any text that passes the check
};

std::span<const SettingInfo> settingTable();

/// Where a value came from; later ones win.
enum class SettingSource { Default, Console, File, Variable, Flag };

struct SettingValue
{
    QString text;
    SettingSource source = SettingSource::Default;
    QString where;          ///< "line 3 of odin.toml", "ODIN_LISTEN", "--listen": for error sentences
};

using Settings = std::map<QString, SettingValue>;

/// Nothing when no setting has this name.
const SettingInfo *settingInfo(QStringView name);

/// "log-level" of "ODIN_LOG_LEVEL".
QString settingName(const QString &variable);

/// What true, yes, 1, false, no and 0 say, in any case.
std::optional<bool> truthOf(const QString &word);

} // namespace odin
