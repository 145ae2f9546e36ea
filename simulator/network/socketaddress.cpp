#include "simulator/network/socketaddress.h"

#include <cstring>

namespace odin {

SocketAddress::SocketAddress(const QHostAddress &host, quint16 port)
{
    if (host.protocol() == QAbstractSocket::IPv6Protocol) {
        auto *address = reinterpret_cast<sockaddr_in6 *>(&m_storage);
        const auto bytes = host.toIPv6Address();
        address->sin6_family = AF_INET6;
        address->sin6_port = htons(port);
        std::memcpy(&address->sin6_addr, &bytes, sizeof bytes);
    } else {
        auto *address = reinterpret_cast<sockaddr_in *>(&m_storage);
        address->sin_family = AF_INET;
        address->sin_port = htons(port);
        address->sin_addr.s_addr = htonl(host.toIPv4Address());
    }
}

quint16 portOf(int descriptor, SocketEnd end)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    if ((end == SocketEnd::Own ? ::getsockname : ::getpeername)(descriptor, address, &size) != 0)
        return 0;
    return ntohs(storage.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6 *>(&storage)->sin6_port
                                               : reinterpret_cast<sockaddr_in *>(&storage)->sin_port);
}

} // namespace odin
