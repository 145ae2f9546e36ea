#include "core/security/tokencheck.h"

#include "core/security/jwt.h"
#include "core/security/jwttext.h"

namespace odin {

std::variant<Identity, TokenFault> checkedToken(QByteArrayView token, const KeySet &keys, const ClaimRules &rules,
                                                qint64 nowMs)
{
    const auto parsed = parseJwt(token);
    if (const auto *fault = std::get_if<TokenFault>(&parsed))
        return *fault;
    const auto &jwt = std::get<Jwt>(parsed);
    if (const auto fault = keys.fault(jwt, token))
        return *fault;
    const auto claims = strictObject(jwt.payload);
    if (!claims)
        return TokenFault::Malformed;
    return identityOf(*claims, rules, nowMs);
}

} // namespace odin
