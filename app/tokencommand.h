// `odin-gateway token`: makes a token, for development and for scripts. Main thread.
#pragma once

#include "app/startup.h"
#include "core/model/result.h"
#include "core/security/tokenorder.h"

namespace odin {

struct TokenCommand
{
    TokenOrder order;
    QString keyFile; ///< empty: this machine's own
    bool help = false;
    QStringList others; ///< settings like --state-dir
};

/// Error: a sentence for a wrong flag (exit code 2).
Result<TokenCommand> parseTokenCommand(const QStringList &arguments);

/// Writes the token to standard output, and nothing else. `arguments`: those behind the word "token". Gives the exit
/// code.
int runTokenCommand(const QStringList &arguments, const QString &program, const QString &consoleFile = {});

} // namespace odin
