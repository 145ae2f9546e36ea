// TlsPort: how a port speaks TLS: which files, and the identity that was made of them last.
// Thread: load() on the control thread, identity() on any. Owner: core/gateway; outlives the port's connections.
#pragma once

#include "core/shard/tlsidentity.h"

#include <mutex>
#include <optional>

namespace odin {

class TlsPort
{
public:
    explicit TlsPort(TlsConfig files) : m_files(std::move(files)) { }

    /// False: the port speaks plainly.
    bool isOn() const { return m_files.isOn(); }

    /// Reads the files, for connections to come. Of files that are not good, says why and keeps what it has.
    std::optional<TlsFault> load();

    /// Says so in the log when the certificate ends soon.
    void warnOfTheEnd() const;

    /// Null before load() went well.
    TlsIdentityPtr identity() const
    {
        const std::lock_guard lock(m_mutex);
        return m_identity;
    }

private:
    const TlsConfig m_files;
    mutable std::mutex m_mutex;
    TlsIdentityPtr m_identity; // guarded by m_mutex
};

} // namespace odin
