// TlsIdentity: the certificate and key with which a port speaks TLS, checked, and ready for handshakes: TLS 1.2 with
// forward secrecy and AEAD, and TLS 1.3.
// Thread: any; it never changes. Owner: shared by the port and its connections, so that a newer one replaces it for
// those that come later only.
#pragma once

#include "core/model/securityconfig.h"

#include <QString>

#include <memory>
#include <variant>

using SSL_CTX = struct ssl_ctx_st;

namespace odin {

/// Why there is none: a sentence that names the file and what to do.
struct TlsFault
{
    QString text;
    bool isPermission = false; ///< a file may not be read
};

class TlsIdentity
{
public:
    /// Reads both files. Refuses what would fail at clients later, and a key that others could have read.
    static std::variant<std::shared_ptr<const TlsIdentity>, TlsFault> load(const TlsConfig &files);

    SSL_CTX *context() const { return m_context.get(); }
    /// Wall clock: when the first certificate of the chain expires.
    qint64 expiresMs() const { return m_expiresMs; }
    /// Whose it is and until when, for the log.
    QString text() const;

private:
    TlsIdentity(std::shared_ptr<SSL_CTX> context, QString name, qint64 expiresMs)
        : m_context(std::move(context)), m_name(std::move(name)), m_expiresMs(expiresMs)
    {
    }

    const std::shared_ptr<SSL_CTX> m_context;
    const QString m_name;
    const qint64 m_expiresMs;
};

using TlsIdentityPtr = std::shared_ptr<const TlsIdentity>;

} // namespace odin
