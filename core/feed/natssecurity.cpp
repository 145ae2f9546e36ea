#include "core/feed/natssecurity.h"

#include <QFile>
#include <QUrl>

namespace odin {

namespace {

// As on our own ports: forward secrecy and AEAD. There is no other way to keep cnats from TLS 1.1: no suite of it is
// left.
constexpr char cipherList[] = "ECDHE+AESGCM:ECDHE+CHACHA20";

bool asksForTls(const QByteArray &url, const BusSecurity &security)
{
    return url.startsWith("tls://") || !security.authorityFile.isEmpty() || !security.certificateFile.isEmpty();
}

} // namespace

natsStatus loadCertificates(natsOptions *options, const BusSecurity &security)
{
    natsStatus s = NATS_OK;
    if (!security.authorityFile.isEmpty())
        s = natsOptions_LoadCATrustedCertificates(options, QFile::encodeName(security.authorityFile).constData());
    if (s == NATS_OK && !security.certificateFile.isEmpty())
        s = natsOptions_LoadCertificatesChain(options, QFile::encodeName(security.certificateFile).constData(),
                                              QFile::encodeName(security.keyFile).constData());
    return s;
}

natsStatus secure(natsOptions *options, const QByteArray &url, const BusSecurity &security)
{
    natsStatus s = NATS_OK;
    if (asksForTls(url, security)) {
        const auto host = QUrl(QString::fromUtf8(url)).host().toUtf8();
        s = natsOptions_SetSecure(options, true);
        if (s == NATS_OK)
            s = natsOptions_SetExpectedHostname(options, host.constData());
        if (s == NATS_OK)
            s = natsOptions_SetCiphers(options, cipherList);
        if (s == NATS_OK)
            s = loadCertificates(options, security);
    }
    if (s == NATS_OK && !security.credentialsFile.isEmpty())
        s = natsOptions_SetUserCredentialsFromFiles(options, QFile::encodeName(security.credentialsFile).constData(),
                                                    nullptr);
    return s;
}

} // namespace odin
