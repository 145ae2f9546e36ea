// AddressKey: what counts as one address: of IPv4 the address, of IPv6 its /64, which is what one customer gets. A value; any thread.
#pragma once

#include <QHostAddress>

#include <array>

namespace odin {

using AddressKey = std::array<quint8, 8>;

/// IPv4-mapped IPv6 is IPv4. A key of IPv4 begins with zeros, which no IPv6 network that is routed does.
inline AddressKey addressKey(const QHostAddress &address)
{
    AddressKey key{};
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4) {
        for (int byte = 0; byte < 4; ++byte)
            key[std::size_t(4 + byte)] = quint8(v4 >> (24 - 8 * byte));
        return key;
    }
    const auto v6 = address.toIPv6Address();
    for (int byte = 0; byte < 8; ++byte)
        key[std::size_t(byte)] = v6[byte];
    return key;
}

} // namespace odin
