// JwsKey: a key that is good for exactly one algorithm, whatever a token says of itself.
// Thread: const, any (copies share the key). Owner: a value.
#pragma once

#include "core/model/result.h"
#include "core/security/jwsalgorithm.h"

#include <QByteArray>
#include <QJsonObject>

#include <memory>

struct _cjose_jwk_int;

namespace odin {

class JwsKey
{
public:
    enum class Purpose { Verify, Sign };

    /// Algorithm: the JWK's `alg`; without it RS256, or the ES algorithm of the curve. To verify, only the public part
    /// is kept.
    static Result<JwsKey> fromJwk(const QJsonObject &jwk, Purpose purpose);

    const QByteArray &id() const { return m_id; } ///< `kid`; empty: it has none
    const JwsAlgorithm &algorithm() const { return *m_algorithm; }

    /// `token`: in three strict parts, its algorithm this key's; `signatureBytes`: of its third part, decoded.
    bool verifies(QByteArrayView token, qsizetype signatureBytes) const;
    /// A token of these claims. Only of a key to sign with.
    Result<QByteArray> signedToken(const QJsonObject &claims) const;

    /// Made of the same numbers, for the same algorithm, under the same name.
    bool isSameAs(const JwsKey &other) const { return m_fingerprint == other.m_fingerprint; }

private:
    JwsKey() = default;

    QByteArray m_id;
    const JwsAlgorithm *m_algorithm = nullptr;
    qsizetype m_signatureBytes = 0;
    QByteArray m_fingerprint; // a hash: tells nothing of a secret
    std::shared_ptr<const _cjose_jwk_int> m_key;
};

/// Whether this JWK holds what nobody else may know.
bool isPrivateJwk(const QJsonObject &jwk);

} // namespace odin
