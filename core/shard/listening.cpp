#include "core/shard/listening.h"

#include "core/model/limits.h"

#include <QTimer>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace odin {

namespace {

constexpr std::chrono::milliseconds acceptRetry{100};

QString hostAndPort(const QHostAddress &address, quint16 port)
{
    const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (isV6 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(address.toString()).arg(port);
}

// Accepted sockets inherit these. What waits in the kernel is delay that nobody sees, so it is kept small.
void tune(int listener)
{
    const int on = 1, sendBuffer = limits::sendBufferBytes, notSent = limits::notSentBytes;
    ::setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(listener, SOL_SOCKET, SO_SNDBUF, &sendBuffer, sizeof sendBuffer);
    ::setsockopt(listener, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &notSent, sizeof notSent);
}

} // namespace

Result<Done> listenOn(QTcpServer &server, const QHostAddress &address, quint16 port)
{
    server.setListenBacklogSize(limits::listenBacklog);
    // Out of descriptors, for example. Qt pauses then, and nobody else would ever wake it.
    QObject::connect(&server, &QTcpServer::acceptError, &server, [&server] {
        QTimer::singleShot(acceptRetry, &server, [&server] { server.resumeAccepting(); });
    });
    if (server.listen(address, port)) {
        tune(int(server.socketDescriptor()));
        return Done{};
    }
    const auto where = hostAndPort(address, port);
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return Error{QStringLiteral("%1 is in use by another program: stop it or choose another port").arg(where)};
    case QAbstractSocket::SocketAccessError:
        return Error{QStringLiteral("%1 is not permitted: ports below 1024 need root or CAP_NET_BIND_SERVICE").arg(where)};
    default: return Error{QStringLiteral("cannot listen on %1: %2").arg(where, server.errorString())};
    }
}

QString reachableAt(const QTcpServer &server)
{
    auto address = server.serverAddress();
    if (address == QHostAddress::AnyIPv4 || address == QHostAddress::Any)
        address = QHostAddress::LocalHost;
    if (address == QHostAddress::AnyIPv6)
        address = QHostAddress::LocalHostIPv6;
    return hostAndPort(address, server.serverPort());
}

} // namespace odin
