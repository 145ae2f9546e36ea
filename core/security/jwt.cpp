#include "core/security/jwt.h"

#include "core/model/limits.h"
#include "core/security/jwttext.h"

namespace odin {

namespace {

constexpr qsizetype keyIdCharsMax = 256;

struct Parts
{
    QByteArray header, payload, signature; // decoded
};

std::optional<Parts> partsOf(QByteArrayView token)
{
    const auto first = token.indexOf('.');
    const auto second = first < 0 ? -1 : token.indexOf('.', first + 1);
    if (second < 0 || token.indexOf('.', second + 1) >= 0)
        return {};
    auto header = fromBase64Url(token.first(first));
    auto payload = fromBase64Url(token.sliced(first + 1, second - first - 1));
    auto signature = fromBase64Url(token.sliced(second + 1));
    if (!header || !payload || !signature)
        return {};
    return Parts{std::move(*header), std::move(*payload), std::move(*signature)};
}

} // namespace

std::variant<Jwt, TokenFault> parseJwt(QByteArrayView token)
{
    if (token.size() > limits::tokenBytesMax)
        return TokenFault::TooLarge;
    const auto parts = partsOf(token);
    const auto header = parts ? strictObject(parts->header) : std::nullopt;
    if (!header)
        return TokenFault::Malformed;
    if (header->contains(QLatin1String("crit")) || header->contains(QLatin1String("b64")))
        return TokenFault::Critical;
    Jwt jwt{.algorithm = jwsAlgorithm(header->value(QLatin1String("alg")).toString().toUtf8()),
            .keyId = {},
            .payload = parts->payload,
            .signatureBytes = parts->signature.size()};
    if (!jwt.algorithm)
        return TokenFault::Algorithm;
    const auto keyId = header->value(QLatin1String("kid"));
    if (keyId.isUndefined())
        return jwt;
    if (!keyId.isString() || keyId.toString().size() > keyIdCharsMax)
        return TokenFault::Malformed;
    jwt.keyId = keyId.toString().toUtf8();
    return jwt;
}

} // namespace odin
