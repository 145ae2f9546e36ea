// The secret of the operators' port: made at the first start and kept in a file that only its owner can read.
// Pure functions but for the file; any thread.
#pragma once

#include "core/model/result.h"

#include <QByteArray>
#include <QString>

namespace odin {

/// The token of `path`, which is made if it is not there. The sentence of an error names the file and what to do.
Result<QByteArray> adminToken(const QString &path);

/// Takes as long whatever they share.
bool isSameSecret(const QByteArray &a, const QByteArray &b);

/// 256 random bits in base64url, for headers, files and keys.
QByteArray newSecret();

} // namespace odin
