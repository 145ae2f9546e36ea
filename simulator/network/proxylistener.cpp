#include "simulator/network/proxylistener.h"

#include "core/model/limits.h"
#include "simulator/network/socketaddress.h"

#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace odin {

namespace {

const QHostAddress here(QHostAddress::LocalHost);

// Linux lets sockets share a port with SO_REUSEADDR (which QTcpServer sets) as long as only one of them listens.
int bound(quint16 port)
{
    const SocketAddress address(here, port);
    const int descriptor = ::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (descriptor >= 0 && ::bind(descriptor, address.get(), address.size()) == 0)
        return descriptor;
    const int error = errno;
    ::close(descriptor);
    errno = error;
    return -1;
}

} // namespace

ProxyListener::ProxyListener(QObject *parent) : QTcpServer(parent)
{
    setListenBacklogSize(limits::listenBacklog);
    connect(this, &QTcpServer::acceptError, this, &ProxyListener::retry);
}

ProxyListener::~ProxyListener() { close(); }

Result<Done> ProxyListener::open(quint16 port)
{
    close();
    m_holder = bound(port);
    if (m_holder < 0)
        return Error{QStringLiteral("cannot use port %1 of 127.0.0.1: %2")
                         .arg(port)
                         .arg(QString::fromLocal8Bit(std::strerror(errno)))};
    m_port = portOf(m_holder, SocketEnd::Own);
    return accept();
}

Result<Done> ProxyListener::accept()
{
    if (isListening() || listen(here, m_port))
        return Done{};
    return Error{QStringLiteral("cannot listen on 127.0.0.1:%1: %2").arg(m_port).arg(errorString())};
}

void ProxyListener::close()
{
    refuse();
    if (m_holder >= 0)
        ::close(m_holder);
    m_holder = -1;
    m_port = 0;
}

// Qt pauses for good when a connection cannot be accepted, for want of descriptors mostly.
void ProxyListener::retry()
{
    QTimer::singleShot(limits::proxyAcceptRetryMs, this, [this] {
        if (isListening())
            resumeAccepting();
    });
}

} // namespace odin
