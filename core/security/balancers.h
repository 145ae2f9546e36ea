// Balancers: addresses and networks whose connections begin with a PROXY header. Pure; any thread. Owner: DoorKeeper.
#pragma once

#include "core/model/result.h"

#include <QHostAddress>
#include <QStringList>

#include <array>
#include <optional>
#include <vector>

namespace odin {

class Balancers
{
public:
    /// Of entries like 10.0.0.7, 10.1.0.0/16 or fd00::/8. The sentence of an error names the entry that is none.
    static Result<Balancers> of(const QStringList &entries);

    /// IPv4 addresses that came over IPv6 (::ffff:10.0.0.7) are IPv4.
    bool contains(const QHostAddress &address) const;

private:
    struct Network
    {
        std::array<quint8, 16> bytes; // of IPv4: mapped into IPv6
        int bits;
    };
    static std::optional<Network> parse(const QString &entry);

    std::vector<Network> m_networks;
};

} // namespace odin
