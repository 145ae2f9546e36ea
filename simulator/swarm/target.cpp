#include "simulator/swarm/target.h"

#include "simulator/swarm/connection.h"

#include <QUrl>

#include <netdb.h>

#include <memory>

namespace odin::swarm {

namespace {

constexpr quint16 defaultPort = 80;

Result<sockaddr_in> lookUp(const QString &host, quint16 port)
{
    addrinfo hints{};
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    const int status = ::getaddrinfo(host.toUtf8().constData(), nullptr, &hints, &found);
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
    if (status != 0 || !found)
        return Error{QStringLiteral("cannot find the host %1: %2").arg(host, QString::fromLocal8Bit(::gai_strerror(status)))};
    auto address = *reinterpret_cast<const sockaddr_in *>(found->ai_addr);
    address.sin_port = htons(port);
    return address;
}

} // namespace

Result<Target> targetOf(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (url.scheme() == QLatin1String("wss"))
        return Error{QStringLiteral("wss is not supported yet: put the load on a gateway that was started without --tls-cert, "
                                    "with ws://")};
    if (!url.isValid() || url.scheme() != QLatin1String("ws") || url.host().isEmpty())
        return Error{QStringLiteral("not a URL like ws://127.0.0.1:8080/ws: %1").arg(text)};
    const auto address = lookUp(url.host(), quint16(url.port(defaultPort)));
    if (!address)
        return address.error();
    Target target;
    target.address = address.value();
    target.host = url.authority(QUrl::FullyEncoded).toUtf8();
    target.path = url.path(QUrl::FullyEncoded).toUtf8();
    if (target.path.isEmpty())
        target.path = "/";
    if (url.hasQuery())
        target.path += '?' + url.query(QUrl::FullyEncoded).toUtf8();
    return target;
}

QByteArray upgradeRequest(const Target &target)
{
    return upgradeRequest(target.host, target.path, target.token.isEmpty() ? QByteArray() : "Authorization: Bearer " + target.token + "\r\n");
}

} // namespace odin::swarm
