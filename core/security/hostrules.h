// HostRules: under which names a port may be reached. A page of somebody else's whose name suddenly means our address (DNS
// rebinding) is refused by it: its requests still carry that name. Pure; any thread. Owner: DoorKeeper.
#pragma once

#include "core/model/result.h"
#include "core/wire/authority.h"

#include <QStringList>

#include <set>

namespace odin {

class HostRules
{
public:
    /// IP addresses, localhost and `ownName` always are. The sentence of an error names the entry that is no host name.
    static Result<HostRules> of(const QStringList &names, const QString &ownName);

    /// On any port.
    bool admits(const Authority &host) const { return host.isAddress || m_names.contains(host.host); }

private:
    std::set<QByteArray> m_names;
};

} // namespace odin
