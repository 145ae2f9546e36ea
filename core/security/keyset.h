// KeySet: the keys that tokens are checked with. Thread: const, any. Owner: a value.
#pragma once

#include "core/flow/tokenauthority.h"
#include "core/model/result.h"
#include "core/model/types.h"
#include "core/security/jwskey.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace odin {

struct Jwt;

/// The keys in a file or an answer as JWKs: PEM, one JWK, or a JWKS.
Result<std::vector<QJsonObject>> jwksIn(const QByteArray &text);

class KeySet
{
public:
    struct Parsed;
    /// Fails when no key can be used.
    static Result<Parsed> parse(const QByteArray &text);

    /// Nothing: one of the keys made this token's signature. A key without a `kid` may be meant by any token.
    std::optional<TokenFault> fault(const Jwt &jwt, QByteArrayView token) const;

    /// What was published anew, and for a while (limits::keyKeptMs) what is no longer in it.
    KeySet renewedBy(const KeySet &published, SteadyTime now) const;
    /// Without those whose time is over.
    KeySet at(SteadyTime now) const;

    std::size_t size() const { return m_keys.size(); }

private:
    struct Kept
    {
        JwsKey key;
        std::optional<SteadyTime> goneSince; // no longer published
    };

    std::vector<Kept> m_keys;
};

struct KeySet::Parsed
{
    KeySet keys;
    QStringList unusable; ///< a sentence for each key that was left out
    bool isSecret = false; ///< holds what nobody else may read
};

} // namespace odin
