// PEM -> JWK: public keys, certificates (as containers of keys: their dates and signatures are not looked at) and
// private keys. Pure functions; any thread.
#pragma once

#include "core/model/result.h"

#include <QJsonObject>

#include <vector>

namespace odin {

/// A JWK without `alg` and `kid` for each block, in order. Encrypted keys are refused: there is nobody to ask for a
/// passphrase.
Result<std::vector<QJsonObject>> jwksOfPem(const QByteArray &pem);

} // namespace odin
