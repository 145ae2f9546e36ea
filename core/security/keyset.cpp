#include "core/security/keyset.h"

#include "core/model/limits.h"
#include "core/security/jwt.h"
#include "core/security/jwttext.h"
#include "core/security/pemkeys.h"

#include <QJsonArray>

namespace odin {

namespace {

Result<std::vector<QJsonObject>> jwksOfJson(const QByteArray &json)
{
    const auto object = strictObject(json);
    if (!object)
        return Error{QStringLiteral("this is no JSON object")};
    if (object->contains(QLatin1String("kty")))
        return std::vector{*object};
    const auto list = object->value(QLatin1String("keys"));
    if (!list.isArray())
        return Error{QStringLiteral("this is neither a JWK nor a JWKS: it has neither \"kty\" nor \"keys\"")};
    if (list.toArray().size() > limits::keysMax)
        return Error{QStringLiteral("there are more than %1 keys").arg(limits::keysMax)};
    std::vector<QJsonObject> jwks;
    for (const auto &entry : list.toArray())
        jwks.push_back(entry.toObject());
    return jwks;
}

} // namespace

Result<std::vector<QJsonObject>> jwksIn(const QByteArray &text)
{
    if (text.size() > limits::keySetBytesMax)
        return Error{QStringLiteral("this is more than %1 bytes").arg(limits::keySetBytesMax)};
    if (text.trimmed().startsWith('{'))
        return jwksOfJson(text);
    if (text.contains("-----BEGIN "))
        return jwksOfPem(text);
    return Error{QStringLiteral("this is neither PEM nor a JWK nor a JWKS")};
}

Result<KeySet::Parsed> KeySet::parse(const QByteArray &text)
{
    const auto jwks = jwksIn(text);
    if (!jwks)
        return jwks.error();
    Parsed parsed;
    for (const auto &jwk : jwks.value()) {
        parsed.isSecret = parsed.isSecret || isPrivateJwk(jwk);
        if (auto key = JwsKey::fromJwk(jwk, JwsKey::Purpose::Verify))
            parsed.keys.m_keys.push_back({std::move(key.value()), {}});
        else
            parsed.unusable.append(key.error().text);
    }
    if (parsed.keys.m_keys.empty())
        return Error{parsed.unusable.isEmpty() ? QStringLiteral("there is no key in it") : parsed.unusable.first()};
    return parsed;
}

// Which key it is, is said by the token. For which algorithm a key is, is not.
std::optional<TokenFault> KeySet::fault(const Jwt &jwt, QByteArrayView token) const
{
    bool isKnown = false, fits = false;
    for (const auto &[key, goneSince] : m_keys) {
        if (jwt.keyId && !key.id().isEmpty() && key.id() != *jwt.keyId)
            continue;
        isKnown = true;
        if (&key.algorithm() != jwt.algorithm)
            continue;
        fits = true;
        if (key.verifies(token, jwt.signatureBytes))
            return {};
    }
    return fits ? TokenFault::Signature : isKnown ? TokenFault::Algorithm : TokenFault::UnknownKey;
}

KeySet KeySet::renewedBy(const KeySet &published, SteadyTime now) const
{
    KeySet renewed = published;
    const auto kept = at(now);
    for (const auto &old : kept.m_keys) {
        const bool isThere =
            std::ranges::any_of(published.m_keys, [&](const auto &one) { return one.key.isSameAs(old.key); });
        if (!isThere && renewed.m_keys.size() < limits::keysMax)
            renewed.m_keys.push_back({old.key, old.goneSince.value_or(now)});
    }
    return renewed;
}

KeySet KeySet::at(SteadyTime now) const
{
    KeySet left = *this;
    std::erase_if(left.m_keys,
                  [now](const auto &one) { return one.goneSince && now - *one.goneSince >= limits::keyKeptMs; });
    return left;
}

} // namespace odin
