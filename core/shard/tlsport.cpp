#include "core/shard/tlsport.h"

#include "core/base/log.h"
#include "core/model/types.h"

namespace odin {

namespace {

constexpr qint64 msPerDay = 24 * 3600 * 1000;
constexpr qint64 warningDays = 14;

} // namespace

std::optional<TlsFault> TlsPort::load()
{
    if (!isOn())
        return {};
    const auto loaded = TlsIdentity::load(m_files);
    if (const auto *fault = std::get_if<TlsFault>(&loaded))
        return *fault;
    const auto &identity = std::get<TlsIdentityPtr>(loaded);
    qCInfo(lcShard).noquote() << "TLS with" << m_files.certificateFile << ":" << identity->text();
    {
        const std::lock_guard lock(m_mutex);
        m_identity = identity;
    }
    warnOfTheEnd();
    return {};
}

void TlsPort::warnOfTheEnd() const
{
    const auto current = identity();
    if (!current)
        return;
    const auto leftMs = current->expiresMs() - wallMs();
    if (leftMs < 0)
        qCCritical(lcShard).noquote() << "the certificate in" << m_files.certificateFile
                                      << "has expired, and clients refuse it: renew it and send SIGHUP";
    else if (leftMs < warningDays * msPerDay)
        qCWarning(lcShard).noquote() << "the certificate in" << m_files.certificateFile << "expires in"
                                     << leftMs / msPerDay << "days: renew it and send SIGHUP";
}

} // namespace odin
