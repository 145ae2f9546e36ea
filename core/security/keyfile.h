// Files with keys: read if nobody else may read what is secret in them, and made where this machine has none yet.
// Functions over files; any thread.
#pragma once

#include "core/model/result.h"
#include "core/security/keyset.h"

namespace odin {

/// The keys to check tokens with. Secret and private keys must be readable by their owner only.
Result<KeySet::Parsed> keysInFile(const QString &path);

/// The first key that can sign, under the same condition.
Result<JwsKey> signingKeyInFile(const QString &path);

/// Makes a file with a new secret for HS256, unless it is there. Any number of processes may do that at the same time,
/// and all find the same key in it afterwards.
Result<Done> ensureOwnKey(const QString &path);

/// At most `bytesMax` of a file; more is an error.
Result<QByteArray> readBounded(const QString &path, qint64 bytesMax);

} // namespace odin
