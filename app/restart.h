// Restart: the program in its own place, with other arguments. Main thread.
#pragma once

#include "core/gateway/gateway.h"

#include <QStringList>

namespace odin {

/// Replaces this process by a new one of the same program; gives a sentence when the system does not.
/// Everything that should end well has ended before.
Error restartWith(const QStringList &arguments);

/// Flags with which the program takes any free ports, at the addresses where it wanted to be.
QStringList freePortFlags(const Endpoint &listen, const Endpoint &admin);

} // namespace odin
