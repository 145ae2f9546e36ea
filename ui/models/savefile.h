// Writing an export: whole, or not at all.
// Thread: any. Owner: none, a free function.
#pragma once

#include "core/model/result.h"

#include <QByteArray>

namespace odin {

/// What was there before stays when it cannot be written; the error says what happened and what to do.
Result<Done> saveFile(const QString &path, const QByteArray &bytes);

} // namespace odin
