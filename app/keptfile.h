// The file in which the console keeps settings of its own: changed by one setting at a time, whole or not at all.
// Functions; any thread.
#pragma once

#include "core/model/result.h"

#include <QString>

#include <optional>

namespace odin {

/// Reads the file, changes this setting (nothing: takes it out), and writes the whole anew, for its owner's eyes only:
/// a URL of the bus may hold a password. Other settings stay as they are in the file, also when another console has
/// changed them meanwhile. A file that cannot be read is set aside as FILE.unreadable, never lost.
Result<Done> changeKeptFile(const QString &path, const QString &name, const std::optional<QString> &value);

} // namespace odin
