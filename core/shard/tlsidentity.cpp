#include "core/shard/tlsidentity.h"

#include "core/base/secretfile.h"
#include "core/model/limits.h"
#include "core/model/types.h"
#include "core/shard/opensslptr.h"

#include <QDateTime>
#include <QFile>

#include <openssl/err.h>
#include <openssl/pem.h>

#include <csignal>
#include <limits>
#include <vector>

namespace odin {

namespace {

constexpr char cipherList[] = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
                              "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr char groupList[] = "X25519:P-256:P-384";
constexpr int securityLevel = 2; // no RSA key under 2048 bits, no SHA-1
constexpr qint64 msPerSecond = 1000;
constexpr qint64 msPerDay = 24 * 3600 * msPerSecond;

QString opensslReason()
{
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    const char *reason = ERR_reason_error_string(code);
    return QString::fromLatin1(reason ? reason : "unknown reason");
}

[[noreturn]] void refuse(const QString &file, const QString &why)
{
    throw TlsFault{file + QLatin1Char(' ') + why, false};
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw TlsFault{QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString()),
                       file.error() == QFileDevice::PermissionsError
                           || (file.exists() && !file.permissions().testFlag(QFile::ReadUser))};
    const auto bytes = file.read(limits::keySetBytesMax + 1);
    if (bytes.size() > limits::keySetBytesMax)
        refuse(
            path,
            QStringLiteral("is too large for certificates or a key: more than %1 bytes").arg(limits::keySetBytesMax));
    return bytes;
}

BioPtr reading(const QByteArray &bytes) { return BioPtr(BIO_new_mem_buf(bytes.constData(), int(bytes.size()))); }

std::vector<CertificatePtr> certificatesOf(const QString &path)
{
    const auto bytes = contentOf(path);
    const auto source = reading(bytes);
    std::vector<CertificatePtr> chain;
    while (CertificatePtr certificate{PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr)})
        chain.push_back(std::move(certificate));
    const auto code = ERR_peek_last_error();
    const bool isEnd = ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
    if (chain.empty() && isEnd)
        refuse(path, QStringLiteral("holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)"));
    if (!isEnd)
        refuse(path, QStringLiteral("holds a certificate that cannot be read: %1").arg(opensslReason()));
    ERR_clear_error();
    return chain;
}

QString nameOf(const X509 *certificate)
{
    const BioPtr text(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(text.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253);
    char *bytes = nullptr;
    const auto size = BIO_get_mem_data(text.get(), &bytes);
    return QString::fromUtf8(bytes, qsizetype(size));
}

// From now; negative: it is over.
qint64 msUntil(const ASN1_TIME *time)
{
    int days = 0, seconds = 0;
    return ASN1_TIME_diff(&days, &seconds, nullptr, time) == 1 ? days * msPerDay + seconds * msPerSecond : -1;
}

QString dateAfter(qint64 ms) { return QDateTime::fromMSecsSinceEpoch(wallMs() + ms, Qt::UTC).toString(Qt::ISODate); }

void checkDates(const QString &path, const X509 *certificate)
{
    if (const auto left = msUntil(X509_get0_notAfter(certificate)); left < 0)
        refuse(path,
               QStringLiteral("has expired: the certificate of %1 was good until %2, renew it")
                   .arg(nameOf(certificate), dateAfter(left)));
    if (const auto still = msUntil(X509_get0_notBefore(certificate)); still > 0)
        refuse(path,
               QStringLiteral("is not valid yet: the certificate of %1 begins at %2, look at this machine's clock")
                   .arg(nameOf(certificate), dateAfter(still)));
}

void checkReaders(const QString &path)
{
    if (isReadByOthers(path))
        refuse(path,
               QStringLiteral("is a private key that others can read: chmod 600 %1, and make a new key if anybody else "
                              "was on this machine")
                   .arg(path));
}

int noPassphrase(char *, int, int, void *asked)
{
    *static_cast<bool *>(asked) = true;
    return -1;
}

KeyPtr keyOf(const QString &path)
{
    const auto bytes = contentOf(path);
    checkReaders(path);
    const auto source = reading(bytes);
    bool isProtected = false;
    KeyPtr key(PEM_read_bio_PrivateKey(source.get(), nullptr, noPassphrase, &isProtected));
    ERR_clear_error();
    if (isProtected)
        refuse(path,
               QStringLiteral("is protected with a passphrase, which a server cannot type: openssl pkey -in FILE -out "
                              "FILE writes it without"));
    if (!key)
        refuse(path, QStringLiteral("holds no private key in PEM form"));
    return key;
}

int chooseProtocol(SSL *, const unsigned char **chosen, unsigned char *size, const unsigned char *offered,
                   unsigned int offeredSize, void *)
{
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char *match = nullptr;
    const int found = SSL_select_next_proto(&match, size, ours, sizeof ours - 1, offered, offeredSize);
    *chosen = match;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::shared_ptr<SSL_CTX> newContext()
{
    ::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL; as Qt does for its own sockets
    const std::shared_ptr<SSL_CTX> made(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    auto *context = made.get();
    SSL_CTX_set_security_level(context, securityLevel);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, cipherList);
    SSL_CTX_set1_groups_list(context, groupList);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY); // no peer keeps a thread with what it only says to OpenSSL
    SSL_CTX_set_read_ahead(context, 1); // a record takes one read then, not two
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); // tickets: sessions are kept by clients
    SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char *>("odin"), 4);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
    return made;
}

void use(SSL_CTX *context, const TlsConfig &files, const std::vector<CertificatePtr> &chain, const KeyPtr &key)
{
    if (X509_check_private_key(chain.front().get(), key.get()) != 1)
        refuse(files.keyFile,
               QStringLiteral("is not the key of the certificate in %1: its first certificate must be the server's own")
                   .arg(files.certificateFile));
    bool fits = SSL_CTX_use_certificate(context, chain.front().get()) == 1;
    for (std::size_t i = 1; fits && i < chain.size(); ++i)
        fits = SSL_CTX_add1_chain_cert(context, chain[i].get()) == 1;
    if (!fits)
        refuse(files.certificateFile, QStringLiteral("is not good enough for TLS: %1").arg(opensslReason()));
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1)
        refuse(files.keyFile, QStringLiteral("is not good enough for TLS: %1").arg(opensslReason()));
}

} // namespace

std::variant<TlsIdentityPtr, TlsFault> TlsIdentity::load(const TlsConfig &files)
{
    try {
        ERR_clear_error();
        const auto chain = certificatesOf(files.certificateFile);
        qint64 left = std::numeric_limits<qint64>::max();
        for (const auto &certificate : chain) {
            checkDates(files.certificateFile, certificate.get());
            left = std::min(left, msUntil(X509_get0_notAfter(certificate.get())));
        }
        const auto key = keyOf(files.keyFile);
        auto context = newContext();
        use(context.get(), files, chain, key);
        return TlsIdentityPtr(new TlsIdentity(std::move(context), nameOf(chain.front().get()), wallMs() + left));
    } catch (const TlsFault &fault) {
        ERR_clear_error();
        return fault;
    }
}

QString TlsIdentity::text() const
{
    return QStringLiteral("%1, good until %2")
        .arg(m_name, QDateTime::fromMSecsSinceEpoch(m_expiresMs, Qt::UTC).toString(Qt::ISODate));
}

} // namespace odin
