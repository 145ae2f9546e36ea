#include "core/security/pemkeys.h"

#include "core/model/limits.h"
#include "core/security/jwttext.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <memory>
#include <optional>

namespace odin {

namespace {

template<auto release>
struct Release
{
    template<class T>
    void operator()(T *object) const
    {
        release(object);
    }
};
using Bio = std::unique_ptr<BIO, Release<BIO_free>>;
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Number = std::unique_ptr<BIGNUM, Release<BN_clear_free>>;

struct Block
{
    QByteArray name;
    QByteArray data; // DER
    bool isEncrypted = false;
};

std::optional<Block> nextBlock(BIO *bio)
{
    char *name = nullptr, *header = nullptr;
    unsigned char *data = nullptr;
    long size = 0;
    if (PEM_read_bio(bio, &name, &header, &data, &size) != 1)
        return {};
    Block block{name, QByteArray(reinterpret_cast<const char *>(data), size), *header != '\0'};
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_clear_free(data, std::size_t(size));
    return block;
}

Key keyOf(const Block &block)
{
    const auto *at = reinterpret_cast<const unsigned char *>(block.data.constData());
    const auto size = long(block.data.size());
    if (block.name == PEM_STRING_PUBLIC)
        return Key(d2i_PUBKEY(nullptr, &at, size));
    if (block.name == PEM_STRING_RSA_PUBLIC)
        return Key(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, size));
    if (block.name == PEM_STRING_X509 || block.name == PEM_STRING_X509_OLD) {
        const Certificate certificate(d2i_X509(nullptr, &at, size));
        return Key(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
    }
    return Key(block.name.endsWith("PRIVATE KEY") ? d2i_AutoPrivateKey(nullptr, &at, size) : nullptr);
}

// `bytes`: at least so many, with leading zeros.
void insertNumber(QJsonObject &jwk, const char *member, EVP_PKEY *key, const char *parameter, int bytes = 0)
{
    BIGNUM *raw = nullptr;
    if (EVP_PKEY_get_bn_param(key, parameter, &raw) != 1)
        return;
    const Number number(raw);
    QByteArray digits(std::max(bytes, BN_num_bytes(raw)), '\0');
    BN_bn2binpad(raw, reinterpret_cast<unsigned char *>(digits.data()), int(digits.size()));
    jwk.insert(QLatin1String(member), QLatin1String(toBase64Url(digits)));
}

QJsonObject rsaJwk(EVP_PKEY *key)
{
    QJsonObject jwk{{QStringLiteral("kty"), QStringLiteral("RSA")}};
    constexpr std::array<std::pair<const char *, const char *>, 8> members{{{"n", OSSL_PKEY_PARAM_RSA_N},
                                                                            {"e", OSSL_PKEY_PARAM_RSA_E},
                                                                            {"d", OSSL_PKEY_PARAM_RSA_D},
                                                                            {"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
                                                                            {"q", OSSL_PKEY_PARAM_RSA_FACTOR2},
                                                                            {"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
                                                                            {"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2},
                                                                            {"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1}}};
    for (const auto &[member, parameter] : members)
        insertNumber(jwk, member, key, parameter);
    return jwk;
}

std::optional<QJsonObject> ecJwk(EVP_PKEY *key)
{
    std::array<char, 64> group{};
    if (EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) != 1)
        return {};
    constexpr std::array<std::pair<const char *, const char *>, 3> curves{
        {{"prime256v1", "P-256"}, {"secp384r1", "P-384"}, {"secp521r1", "P-521"}}};
    for (const auto &[openssl, name] : curves) {
        if (QByteArrayView(group.data()) != openssl)
            continue;
        QJsonObject jwk{{QStringLiteral("kty"), QStringLiteral("EC")}, {QStringLiteral("crv"), QLatin1String(name)}};
        const int bytes = (EVP_PKEY_get_bits(key) + 7) / 8;
        insertNumber(jwk, "x", key, OSSL_PKEY_PARAM_EC_PUB_X, bytes);
        insertNumber(jwk, "y", key, OSSL_PKEY_PARAM_EC_PUB_Y, bytes);
        insertNumber(jwk, "d", key, OSSL_PKEY_PARAM_PRIV_KEY, bytes);
        return jwk;
    }
    return {};
}

std::optional<QJsonObject> jwkOf(EVP_PKEY *key)
{
    if (EVP_PKEY_is_a(key, "RSA"))
        return rsaJwk(key);
    return EVP_PKEY_is_a(key, "EC") ? ecJwk(key) : std::nullopt;
}

Result<QJsonObject> jwkOfBlock(const Block &block)
{
    const auto name = QString::fromLatin1(block.name.left(40));
    if (block.isEncrypted || block.name.contains("ENCRYPTED"))
        return Error{
            QStringLiteral("a PEM block (%1) is encrypted: there is nobody to ask for its passphrase").arg(name)};
    const Key key = keyOf(block);
    if (!key)
        return Error{QStringLiteral("a PEM block (%1) holds no key").arg(name)};
    if (auto jwk = jwkOf(key.get()))
        return *jwk;
    return Error{QStringLiteral("a PEM key is neither RSA nor on the curve P-256, P-384 or P-521")};
}

} // namespace

Result<std::vector<QJsonObject>> jwksOfPem(const QByteArray &pem)
{
    const Bio bio(BIO_new_mem_buf(pem.constData(), int(pem.size())));
    std::vector<QJsonObject> jwks;
    while (const auto block = nextBlock(bio.get())) {
        if (block->name == PEM_STRING_ECPARAMETERS) // what openssl ecparam -genkey writes before the key
            continue;
        const auto jwk = jwkOfBlock(*block);
        ERR_clear_error();
        if (!jwk)
            return jwk.error();
        if (jwks.size() == limits::keysMax)
            return Error{QStringLiteral("there are more than %1 keys").arg(limits::keysMax)};
        jwks.push_back(jwk.value());
    }
    ERR_clear_error();
    return jwks;
}

} // namespace odin
