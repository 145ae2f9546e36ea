// TestCertificates: certificates and keys in files of a folder that goes with it.
// Thread: the test's. Owner: the test.
#pragma once

#include "core/model/securityconfig.h"
#include "core/shard/opensslptr.h"

#include <QFile>
#include <QTemporaryDir>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace odin {

class TestCertificates
{
public:
    enum class KeyKind { Rsa, SmallRsa, Ec };
    struct Wish
    {
        KeyKind kind = KeyKind::Ec;
        long fromDays = -1, untilDays = 30;
        const char *name = "localhost";
    };

    /// Signed by itself, in NAME.pem, with its key in NAME.key.
    TlsConfig make(const QString &name, const Wish &wish)
    {
        const auto key = newKey(wish.kind);
        const auto certificate = newCertificate(key.get(), wish);
        const TlsConfig files{path(name + QStringLiteral(".pem")), path(name + QStringLiteral(".key"))};
        write(files.certificateFile, text([&](BIO *out) { PEM_write_bio_X509(out, certificate.get()); }));
        writeKey(files.keyFile, key.get());
        return files;
    }
    TlsConfig make(const QString &name) { return make(name, Wish()); }

    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Readable by its owner only.
    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        (void)file.open(QIODevice::WriteOnly);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        file.write(bytes);
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        (void)file.open(QIODevice::ReadOnly);
        return file.readAll();
    }

    static void writeKey(const QString &path, EVP_PKEY *key, const char *passphrase = nullptr)
    {
        write(path, text([&](BIO *out) {
                  PEM_write_bio_PKCS8PrivateKey(out, key, passphrase ? EVP_aes_256_cbc() : nullptr, passphrase,
                                                passphrase ? int(qstrlen(passphrase)) : 0, nullptr, nullptr);
              }));
    }

    static KeyPtr newKey(KeyKind kind)
    {
        switch (kind) {
        case KeyKind::Rsa: return KeyPtr(EVP_RSA_gen(2048));
        case KeyKind::SmallRsa: return KeyPtr(EVP_RSA_gen(1024));
        case KeyKind::Ec: break;
        }
        return KeyPtr(EVP_EC_gen("P-256"));
    }

private:
    static CertificatePtr newCertificate(EVP_PKEY *key, const Wish &wish)
    {
        constexpr long secondsPerDay = 24 * 3600;
        CertificatePtr made(X509_new());
        auto *certificate = made.get();
        X509_set_version(certificate, X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), wish.fromDays * secondsPerDay);
        X509_gmtime_adj(X509_getm_notAfter(certificate), wish.untilDays * secondsPerDay);
        X509_set_pubkey(certificate, key);
        auto *name = X509_get_subject_name(certificate);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(wish.name), -1,
                                   -1, 0);
        X509_set_issuer_name(certificate, name);
        X509_sign(certificate, key, EVP_sha256());
        return made;
    }

    template<class Write>
    static QByteArray text(Write write)
    {
        const BioPtr out(BIO_new(BIO_s_mem()));
        write(out.get());
        char *bytes = nullptr;
        const auto size = BIO_get_mem_data(out.get(), &bytes);
        return {bytes, qsizetype(size)};
    }

    QTemporaryDir m_folder;
};

/// For tests that are built twice, plain and with TLS: the files of their port.
inline TlsConfig testTls()
{
#ifdef ODIN_TEST_TLS
    static TestCertificates certificates;
    static const auto files = certificates.make(QStringLiteral("server"));
    return files;
#else
    return {};
#endif
}

} // namespace odin
