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
    if (const auto days = (identity->expiresMs() - wallMs()) / msPerDay; days < warningDays)
        qCWarning(lcShard).noquote() << "the certificate in" << m_files.certificateFile << "expires in" << days
                                     << "days: renew it and send SIGHUP";
    const std::lock_guard lock(m_mutex);
    m_identity = identity;
    return {};
}

} // namespace odin
