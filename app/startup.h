// Startup: from the command line to options, the same for every program. Main thread.
#pragma once

#include "app/options.h"

#include <QStringList>

#include <variant>

namespace odin {

/// Exit codes of the contract.
namespace exitcode {
inline constexpr int stopped = 0, failed = 1, usage = 2, missingService = 69, notPermitted = 77, badConfig = 78;
}

/// The program's work is done already (--help, --check-config) or cannot begin; said on the standard streams.
struct ExitNow
{
    int code = 0;
};

/// Reads flags, variables and files, and installs the log. `consoleFile`: where the console keeps settings of its own;
/// what is wrong in it is said and left out. Empty for a program that keeps none.
std::variant<Options, ExitNow> startUp(const QStringList &arguments, const QString &program,
                                       const QString &consoleFile = {});

/// settings.toml in the XDG configuration folder.
QString consoleSettingsFile();

/// Why no window can be shown here; empty with a display, or a Qt platform that needs none.
QString displayProblem();

} // namespace odin
