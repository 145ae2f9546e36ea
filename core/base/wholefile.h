// Whole file: written as a whole or not at all, so that a full disk never leaves half of one or destroys the earlier
// one. A pure function but for the file; any thread.
#pragma once

#include "core/model/result.h"

#include <QByteArray>

namespace odin {

enum class Readers { Everybody, OwnerOnly };

/// Replaces the file in one step. The error is the system's: "No space left on device".
Result<Done> writeWholeFile(const QString &path, const QByteArray &bytes, Readers readers = Readers::Everybody);

} // namespace odin
