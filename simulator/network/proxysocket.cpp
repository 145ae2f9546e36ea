#include "simulator/network/proxysocket.h"

#include "core/model/limits.h"
#include "simulator/network/socketaddress.h"

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace odin {

namespace {

void setOption(int descriptor, int level, int option, int value)
{
    ::setsockopt(descriptor, level, option, &value, sizeof value);
}

// Small buffers, so that what a fault holds up is felt at the other end soon; and no waiting for more to send.
void prepare(int descriptor)
{
    setOption(descriptor, SOL_SOCKET, SO_RCVBUF, limits::proxySocketBytes);
    setOption(descriptor, SOL_SOCKET, SO_SNDBUF, limits::proxySocketBytes);
    setOption(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
}

std::unique_ptr<QSocketNotifier> notifier(int descriptor, QSocketNotifier::Type type,
                                          const std::function<void()> &ready)
{
    auto made = std::make_unique<QSocketNotifier>(descriptor, type);
    made->setEnabled(false);
    QObject::connect(made.get(), &QSocketNotifier::activated, made.get(), ready);
    return made;
}

} // namespace

ProxySocket::ProxySocket(int descriptor, const std::function<void()> &ready)
    : m_descriptor(descriptor),
      m_reading(notifier(descriptor, QSocketNotifier::Read, ready)),
      m_writing(notifier(descriptor, QSocketNotifier::Write, ready))
{
    prepare(descriptor);
}

ProxySocket::~ProxySocket() { close(); }

Result<int> ProxySocket::connecting(const QHostAddress &host, quint16 port)
{
    const SocketAddress address(host, port);
    const int descriptor = ::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return Error{QString::fromLocal8Bit(std::strerror(errno))};
    prepare(descriptor); // a window is agreed on when the connection is made
    if (::connect(descriptor, address.get(), address.size()) == 0 || errno == EINPROGRESS)
        return descriptor;
    const Error error{QString::fromLocal8Bit(std::strerror(errno))};
    ::close(descriptor);
    return error;
}

bool ProxySocket::isConnected() const { return peerPort() != 0; }

quint16 ProxySocket::peerPort() const { return portOf(m_descriptor, SocketEnd::Peer); }

ProxySocket::Transfer ProxySocket::receive(char *buffer, std::size_t size)
{
    const auto got = ::recv(m_descriptor, buffer, size, MSG_DONTWAIT);
    if (got > 0)
        return {std::size_t(got), State::Open};
    return {0, got == 0 ? State::Ended : stateOfError()};
}

ProxySocket::Transfer ProxySocket::send(QByteArrayView bytes)
{
    const auto went = ::send(m_descriptor, bytes.data(), std::size_t(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    return went >= 0 ? Transfer{std::size_t(went), State::Open} : Transfer{0, stateOfError()};
}

ProxySocket::State ProxySocket::stateOfError()
{
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? State::Blocked : State::Broken;
}

void ProxySocket::finish() { ::shutdown(m_descriptor, SHUT_WR); }

void ProxySocket::close()
{
    if (m_descriptor < 0)
        return;
    watchReading(false);
    watchWriting(false);
    ::close(m_descriptor);
    m_descriptor = -1;
}

void ProxySocket::abort()
{
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    close();
}

void ProxySocket::watchReading(bool on) { m_reading->setEnabled(on && m_descriptor >= 0); }

void ProxySocket::watchWriting(bool on) { m_writing->setEnabled(on && m_descriptor >= 0); }

} // namespace odin
