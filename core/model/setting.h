// The settings of a program as an operator sees them: in force, kept for the next start, and what may be changed.
// Values; any thread (shared as std::shared_ptr<const SettingsListing>).
#pragma once

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace odin {

/// When a change is felt.
enum class SettingEffect { AtOnce, AfterRestart };

/// Passwords are never in here: they read as ***.
struct SettingRow
{
    QString name; ///< "log-level"
    QString meaning; ///< one line, as in --help
    QString value; ///< in force now
    QString source; ///< where that came from: "default", "--listen", "ODIN_LISTEN", "odin.toml, line 3, column 1"
    QString fallback; ///< the default
    QStringList choices; ///< the words it knows; empty = any text that passes the check
    SettingEffect effect = SettingEffect::AfterRestart;
    QString lockedBy; ///< why it cannot be changed from here; empty = it can
    bool isKept = false; ///< the console keeps a value of its own for it
    std::optional<QString> upcoming; ///< the value from the next start on, where that is another

    bool operator==(const SettingRow &) const = default;
};

struct SettingsListing
{
    std::vector<SettingRow> rows;
    QString file; ///< where the console keeps what is changed here
    QString problem; ///< a sentence when that file could not be read or written

    bool operator==(const SettingsListing &) const = default;
};

using SettingsPtr = std::shared_ptr<const SettingsListing>;

} // namespace odin
