// WholeFile: what is exported stands in a file as a whole, or not at all.
// Thread: any. Owner: none, a free function.
#pragma once

#include "core/model/result.h"

#include <QByteArray>

namespace odin {

/// Replaces the file. An error says which file, why, and what to do.
Result<Done> writeWhole(const QString &path, const QByteArray &text);

} // namespace odin
