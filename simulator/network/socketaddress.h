// SocketAddress: an address as the system's calls take it, IPv4 or IPv6.
// A value; any thread.
#pragma once

#include <QHostAddress>

#include <netinet/in.h>

namespace odin {

class SocketAddress
{
public:
    SocketAddress(const QHostAddress &host, quint16 port);

    int family() const { return m_storage.ss_family; }
    const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&m_storage); }
    socklen_t size() const { return family() == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in); }

private:
    sockaddr_storage m_storage{};
};

/// Of a socket's own end or of its peer's; 0 when it has none.
enum class SocketEnd { Own, Peer };
quint16 portOf(int descriptor, SocketEnd end);

} // namespace odin
