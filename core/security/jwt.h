// Jwt: the parts of a compact token (RFC 7519) before anything in it is believed. Pure; any thread.
#pragma once

#include "core/flow/tokenauthority.h"
#include "core/security/jwsalgorithm.h"

#include <QByteArray>

#include <optional>
#include <variant>

namespace odin {

struct Jwt
{
    const JwsAlgorithm *algorithm = nullptr;
    std::optional<QByteArray> keyId;
    QByteArray payload;
    qsizetype signatureBytes = 0;
};

/// Of the header `alg` and `kid` are looked at, `crit` and `b64` are refused, and everything else is nothing to us:
/// above all keys that a token brings along or says where to find (`jwk`, `jku`, `x5u`, `x5c`).
std::variant<Jwt, TokenFault> parseJwt(QByteArrayView token);

} // namespace odin
