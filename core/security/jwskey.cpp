#include "core/security/jwskey.h"

#include "core/model/limits.h"
#include "core/security/jwttext.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <cjose/cjose.h>
#include <openssl/err.h>

#include <bit>

namespace odin {

namespace {

constexpr std::array publicMembers{"kty", "crv", "x", "y", "n", "e", "k"};
constexpr std::array privateMembers{"d", "p", "q", "dp", "dq", "qi"};

QString textOf(const QJsonObject &jwk, const char *name) { return jwk.value(QLatin1String(name)).toString(); }

// Decoded; empty when it is not there or not base64url.
QByteArray bytesOf(const QJsonObject &jwk, const char *name)
{
    return fromBase64Url(textOf(jwk, name).toUtf8()).value_or(QByteArray());
}

// Leading zeros are no strength.
int bitsOf(const QByteArray &number)
{
    for (qsizetype at = 0; at < number.size(); ++at) {
        if (const auto byte = quint8(number[at]); byte != 0)
            return int(number.size() - at) * 8 - std::countl_zero(byte);
    }
    return 0;
}

const JwsAlgorithm *defaultAlgorithm(const QJsonObject &jwk)
{
    if (textOf(jwk, "kty") == QLatin1String("RSA"))
        return jwsAlgorithm("RS256");
    const auto curve = textOf(jwk, "crv");
    const auto found = std::ranges::find_if(
        jwsAlgorithms, [&](const auto &one) { return *one.curve && curve == QLatin1String(one.curve); });
    return found == jwsAlgorithms.end() ? nullptr : &*found;
}

const JwsAlgorithm *algorithmOf(const QJsonObject &jwk)
{
    return jwk.contains(QLatin1String("alg")) ? jwsAlgorithm(textOf(jwk, "alg").toUtf8()) : defaultAlgorithm(jwk);
}

QString rsaProblem(const QJsonObject &jwk)
{
    const auto bits = bitsOf(bytesOf(jwk, "n"));
    if (bits < limits::keyBitsMin)
        return QStringLiteral("an RSA key of %1 bits is too weak, %2 are needed").arg(bits).arg(limits::keyBitsMin);
    const auto exponent = bytesOf(jwk, "e");
    if (bitsOf(exponent) < 2 || bitsOf(exponent) > 64 || exponent.back() % 2 == 0) // with e = 1 everybody can sign
        return QStringLiteral("an RSA key's exponent is not an odd number from 3 to 64 bits");
    return {};
}

QString secretProblem(const QJsonObject &jwk)
{
    const auto bytes = bytesOf(jwk, "k").size();
    if (bytes < limits::secretBytesMin)
        return QStringLiteral("a secret of %1 bytes is too weak, %2 are needed").arg(bytes).arg(limits::secretBytesMin);
    return {};
}

QString numbersProblem(const QJsonObject &jwk, const JwsAlgorithm &algorithm)
{
    const auto type = textOf(jwk, "kty");
    const auto name = QLatin1String(algorithm.name);
    switch (algorithm.type) {
    case KeyType::Secret:
        return type == QLatin1String("oct") ? secretProblem(jwk)
                                            : QStringLiteral("a key of type oct is needed for %1").arg(name);
    case KeyType::Rsa:
        return type == QLatin1String("RSA") ? rsaProblem(jwk)
                                            : QStringLiteral("a key of type RSA is needed for %1").arg(name);
    case KeyType::Ec: break;
    }
    return type == QLatin1String("EC") && textOf(jwk, "crv") == QLatin1String(algorithm.curve)
        ? QString()
        : QStringLiteral("a key on the curve %1 is needed for %2").arg(QLatin1String(algorithm.curve), name);
}

QString useProblem(const QJsonObject &jwk, JwsKey::Purpose purpose)
{
    const auto use = jwk.value(QLatin1String("use"));
    if (!use.isUndefined() && use.toString() != QLatin1String("sig"))
        return QStringLiteral("a key is not for signatures (use)");
    const auto word = purpose == JwsKey::Purpose::Verify ? QStringLiteral("verify") : QStringLiteral("sign");
    const auto operations = jwk.value(QLatin1String("key_ops"));
    if (!operations.isUndefined() && !operations.toArray().contains(word))
        return QStringLiteral("a key may not %1 (key_ops)").arg(word);
    if (purpose == JwsKey::Purpose::Sign && !isPrivateJwk(jwk))
        return QStringLiteral("a public key cannot sign");
    return {};
}

QByteArray keptJson(const QJsonObject &jwk, JwsKey::Purpose purpose)
{
    QJsonObject kept;
    const auto keep = [&](const auto &names) {
        for (const auto *name : names) {
            if (const auto value = jwk.value(QLatin1String(name)); value.isString())
                kept.insert(QLatin1String(name), value);
        }
    };
    keep(publicMembers);
    if (purpose == JwsKey::Purpose::Sign)
        keep(privateMembers);
    return QJsonDocument(kept).toJson(QJsonDocument::Compact);
}

struct ReleaseJws
{
    void operator()(cjose_jws_t *jws) const { cjose_jws_release(jws); }
};
using Jws = std::unique_ptr<cjose_jws_t, ReleaseJws>;

struct ReleaseHeader
{
    void operator()(cjose_header_t *header) const { cjose_header_release(header); }
};
using Header = std::unique_ptr<cjose_header_t, ReleaseHeader>;

// What OpenSSL notes of a failure stays with the thread, and the next TLS socket on it would take it for its own.
struct ForgetErrors
{
    ~ForgetErrors() { ERR_clear_error(); }
};

} // namespace

Result<JwsKey> JwsKey::fromJwk(const QJsonObject &jwk, Purpose purpose)
{
    const ForgetErrors forget;
    const auto *algorithm = algorithmOf(jwk);
    if (!algorithm)
        return Error{QStringLiteral("a key is for no algorithm that is known here (alg, kty, crv)")};
    for (const auto &problem : {useProblem(jwk, purpose), numbersProblem(jwk, *algorithm)}) {
        if (!problem.isEmpty())
            return Error{problem};
    }
    const auto json = keptJson(jwk, purpose);
    auto *imported = cjose_jwk_import(json.constData(), std::size_t(json.size()), nullptr);
    if (!imported)
        return Error{QStringLiteral("the numbers of a key are none of its type")};
    JwsKey key;
    key.m_key = {imported, [](cjose_jwk_t *one) { cjose_jwk_release(one); }};
    key.m_id = textOf(jwk, "kid").toUtf8();
    key.m_algorithm = algorithm;
    key.m_signatureBytes =
        algorithm->type == KeyType::Rsa ? (bitsOf(bytesOf(jwk, "n")) + 7) / 8 : algorithm->signatureBytes;
    key.m_fingerprint = QCryptographicHash::hash(
        keptJson(jwk, Purpose::Verify) + '\0' + algorithm->name + '\0' + key.m_id, QCryptographicHash::Sha256);
    return key;
}

// The length first: cjose 0.6.2 compares an HMAC with whatever stands behind a shorter signature, cuts one of ECDSA
// into halves of any length, and fills up a short one of PSS.
bool JwsKey::verifies(QByteArrayView token, qsizetype signatureBytes) const
{
    if (signatureBytes != m_signatureBytes)
        return false;
    const ForgetErrors forget;
    const Jws jws(cjose_jws_import(token.data(), std::size_t(token.size()), nullptr));
    return jws && cjose_jws_verify(jws.get(), m_key.get(), nullptr);
}

Result<QByteArray> JwsKey::signedToken(const QJsonObject &claims) const
{
    const ForgetErrors forget;
    const Error failed{QStringLiteral("the key cannot sign")};
    const Header header(cjose_header_new(nullptr));
    const bool headed = header && cjose_header_set(header.get(), CJOSE_HDR_ALG, m_algorithm->name, nullptr)
        && cjose_header_set(header.get(), "typ", "JWT", nullptr)
        && (m_id.isEmpty() || cjose_header_set(header.get(), CJOSE_HDR_KID, m_id.constData(), nullptr));
    if (!headed)
        return failed;
    const auto payload = QJsonDocument(claims).toJson(QJsonDocument::Compact);
    const Jws jws(cjose_jws_sign(m_key.get(), header.get(), reinterpret_cast<const uint8_t *>(payload.constData()),
                                 std::size_t(payload.size()), nullptr));
    const char *text = nullptr;
    if (!jws || !cjose_jws_export(jws.get(), &text, nullptr) || !text)
        return failed;
    return QByteArray(text);
}

bool isPrivateJwk(const QJsonObject &jwk)
{
    return jwk.contains(QLatin1String("d")) || jwk.contains(QLatin1String("k"));
}

} // namespace odin
