#include "core/security/hostrules.h"

#include <QUrl>

namespace odin {

Result<HostRules> HostRules::of(const QStringList &names, const QString &ownName)
{
    HostRules rules;
    rules.m_names = {"localhost", ownName.toLatin1().toLower()};
    for (const auto &name : names) {
        const auto inAscii = QUrl::toAce(name); // of a name in another script, what browsers send
        const auto host = parseAuthority(inAscii.isEmpty() ? name.toUtf8() : inAscii);
        if (!host || host->port)
            return Error{QStringLiteral("hosts: \"%1\" is not a host name like prices.example.com").arg(name)};
        rules.m_names.insert(host->host);
    }
    return rules;
}

} // namespace odin
