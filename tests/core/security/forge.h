// Tokens and keys made with OpenSSL alone, so that the tests do not believe the code they test.
#pragma once

#include <QByteArray>
#include <QHash>

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <memory>

namespace odin::forge {

inline QByteArray encoded(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

inline const EVP_MD *digestOf(const QByteArray &algorithm)
{
    return algorithm.endsWith("512") ? EVP_sha512() : algorithm.endsWith("384") ? EVP_sha384() : EVP_sha256();
}

using KeyPtr = std::shared_ptr<EVP_PKEY>;

inline KeyPtr rsa(unsigned bits = 2048) { return {EVP_RSA_gen(bits), EVP_PKEY_free}; }
inline KeyPtr ec(const char *curve = "P-256") { return {EVP_EC_gen(curve), EVP_PKEY_free}; }

template<class Write>
QByteArray pem(Write write)
{
    BIO *bio = BIO_new(BIO_s_mem());
    write(bio);
    char *data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    const QByteArray text(data, qsizetype(size));
    BIO_free(bio);
    return text;
}

inline QByteArray publicPem(const KeyPtr &key)
{
    return pem([&](BIO *bio) { PEM_write_bio_PUBKEY(bio, key.get()); });
}

inline QByteArray privatePem(const KeyPtr &key, const char *passphrase = nullptr)
{
    return pem([&](BIO *bio) {
        PEM_write_bio_PrivateKey(bio, key.get(), passphrase ? EVP_aes_128_cbc() : nullptr, nullptr, 0, nullptr,
                                 const_cast<char *>(passphrase));
    });
}

inline QByteArray certificatePem(const KeyPtr &key)
{
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    return pem([&](BIO *bio) { PEM_write_bio_X509(bio, certificate.get()); });
}

inline QByteArray hmac(const QByteArray &secret, const QByteArray &text, const QByteArray &algorithm)
{
    QByteArray mac(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    HMAC(digestOf(algorithm), secret.constData(), int(secret.size()),
         reinterpret_cast<const unsigned char *>(text.constData()), std::size_t(text.size()),
         reinterpret_cast<unsigned char *>(mac.data()), &size);
    return mac.left(size);
}

/// r and s, each as wide as the curve.
inline QByteArray rawOfDer(const QByteArray &der, int width)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(d2i_ECDSA_SIG(nullptr, &at, long(der.size())),
                                                                     ECDSA_SIG_free);
    QByteArray raw(2 * width, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), reinterpret_cast<unsigned char *>(raw.data()), width);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), reinterpret_cast<unsigned char *>(raw.data()) + width, width);
    return raw;
}

/// As OpenSSL gives it: of EC in DER.
inline QByteArray signature(const KeyPtr &key, const QByteArray &text, const QByteArray &algorithm)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_PKEY_CTX *options = nullptr;
    EVP_DigestSignInit(context.get(), &options, digestOf(algorithm), nullptr, key.get());
    if (algorithm.startsWith("PS")) {
        EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
        EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST);
    }
    std::size_t size = 0;
    const auto *bytes = reinterpret_cast<const unsigned char *>(text.constData());
    EVP_DigestSign(context.get(), nullptr, &size, bytes, std::size_t(text.size()));
    QByteArray made(qsizetype(size), '\0');
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(made.data()), &size, bytes,
                   std::size_t(text.size()));
    return made.left(qsizetype(size));
}

inline QByteArray unsignedToken(const QByteArray &header, const QByteArray &claims)
{
    return encoded(header) + '.' + encoded(claims);
}

/// With any header, whatever it says.
inline QByteArray signedBy(const KeyPtr &key, const QByteArray &algorithm, const QByteArray &header,
                           const QByteArray &claims)
{
    const auto text = unsignedToken(header, claims);
    auto made = signature(key, text, algorithm);
    if (algorithm.startsWith("ES"))
        made = rawOfDer(made, algorithm == "ES256" ? 32 : algorithm == "ES384" ? 48 : 66);
    return text + '.' + encoded(made);
}

inline QByteArray signedBy(const QByteArray &secret, const QByteArray &algorithm, const QByteArray &header,
                           const QByteArray &claims)
{
    const auto text = unsignedToken(header, claims);
    return text + '.' + encoded(hmac(secret, text, algorithm));
}

inline QByteArray headerOf(const QByteArray &algorithm, const QByteArray &more = {})
{
    return "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"" + (more.isEmpty() ? "" : "," + more) + "}";
}

inline QByteArray secretJwk(const QByteArray &secret, const QByteArray &algorithm, const QByteArray &id)
{
    return R"({"kty":"oct","alg":")" + algorithm + R"(","kid":")" + id + R"(","k":")" + encoded(secret) + "\"}";
}

} // namespace odin::forge
