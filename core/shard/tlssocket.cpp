#include "core/shard/tlssocket.h"

#include "core/base/log.h"
#include "core/shard/doorverdict.h"

#include <QHostAddress>
#include <QPointer>
#include <QTimer>
#include <QtEndian>

#include <openssl/err.h>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <limits>
#include <utility>

namespace odin {

namespace {

constexpr qsizetype blockBytes = 16 * 1024; // one record
constexpr qsizetype turnBytes = 4 * blockBytes; // read of one peer before others get their turn
constexpr std::chrono::milliseconds fullRetry{20};
constexpr int readsPerTurn = 64;
constexpr int handshakesMax = 16; // key updates and renegotiations: honest clients need none

using Block = std::array<char, blockBytes>;

// Of all that OpenSSL deals with by itself.
void countHandshakes(int isOurs, int, int type, const void *, size_t, SSL *, void *count)
{
    if (!isOurs && type == SSL3_RT_HANDSHAKE)
        ++*static_cast<int *>(count);
}

int sizeFor(size_t size) { return int(std::min<size_t>(size, std::numeric_limits<int>::max())); }

} // namespace

TlsSocket::TlsSocket(Census &census, ShardCounters &counters, TlsIdentityPtr identity, QObject *parent)
    : ClientSocket(census, parent), m_counters(counters), m_identity(std::move(identity))
{
}

// QAbstractSocket knows nothing of the descriptor, and must not find an open connection.
TlsSocket::~TlsSocket()
{
    blockSignals(true);
    finish();
}

bool TlsSocket::setSocketDescriptor(qintptr descriptor, SocketState, OpenMode mode)
{
    m_fd = int(descriptor);
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    const auto *address = reinterpret_cast<const sockaddr *>(&peer);
    if (::getpeername(m_fd, reinterpret_cast<sockaddr *>(&peer), &size) != 0) {
        ::close(std::exchange(m_fd, -1));
        return false;
    }
    ::fcntl(m_fd, F_SETFL, ::fcntl(m_fd, F_GETFL) | O_NONBLOCK);
    setPeerAddress(QHostAddress(address));
    const bool isV6 = address->sa_family == AF_INET6;
    setPeerPort(qFromBigEndian(isV6 ? reinterpret_cast<const sockaddr_in6 *>(address)->sin6_port
                                    : reinterpret_cast<const sockaddr_in *>(address)->sin_port));
    m_readable.emplace(m_fd, QSocketNotifier::Read);
    m_writable.emplace(m_fd, QSocketNotifier::Write);
    m_writable->setEnabled(false);
    connect(&*m_readable, &QSocketNotifier::activated, this, [this] { readable(); });
    connect(&*m_writable, &QSocketNotifier::activated, this, [this] { writable(); });
    setOpenMode(mode);
    setSocketState(ConnectedState);
    return true;
}

// What was read of the handshake already is put in front of what comes from the descriptor.
void TlsSocket::startTls()
{
    if (m_stage != Stage::Raw)
        return;
    const auto early = readAll();
    m_stage = Stage::Handshake;
    m_ssl.reset(SSL_new(m_identity->context()));
    if (!m_ssl)
        return finish();
    SSL_set_accept_state(m_ssl.get());
    SSL_set_fd(m_ssl.get(), m_fd);
    m_isPrefixed = !early.isEmpty();
    if (!m_isPrefixed)
        return;
    auto *memory = BIO_new(BIO_s_mem());
    BIO_set_mem_eof_return(memory, -1);
    BIO_write(memory, early.constData(), int(early.size()));
    SSL_set0_rbio(m_ssl.get(), memory);
    QMetaObject::invokeMethod(
        this, [this] { readable(); }, Qt::QueuedConnection);
}

void TlsSocket::readable()
{
    switch (m_stage) {
    case Stage::Raw: return receiveRaw();
    case Stage::Handshake: return shake();
    case Stage::Open: return receive();
    case Stage::Refused: return discard();
    case Stage::Gone: return;
    }
}

void TlsSocket::writable()
{
    if (m_stage == Stage::Open)
        return flushOut();
    m_writable->setEnabled(false);
    if (m_stage == Stage::Handshake)
        shake();
}

void TlsSocket::receiveRaw()
{
    if (isFull())
        return waitForRoom();
    Block block;
    const auto size = ::recv(m_fd, block.data(), block.size(), MSG_DONTWAIT);
    if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR))
        return finish();
    take(block.data(), std::max<ssize_t>(size, 0));
    if (size > 0)
        Q_EMIT readyRead();
}

void TlsSocket::shake()
{
    if (isPlainHttp())
        return refusePlainHttp();
    do {
        ERR_clear_error();
        const int done = SSL_do_handshake(m_ssl.get());
        if (done == 1) {
            m_stage = Stage::Open;
            SSL_set_msg_callback(m_ssl.get(), countHandshakes);
            SSL_set_msg_callback_arg(m_ssl.get(), &m_handshakes);
            m_writable->setEnabled(!m_out.isEmpty()); // who is refused for lack of room has an answer waiting
            return receive(); // the request may have come with its end
        }
        const int error = SSL_get_error(m_ssl.get(), done);
        if (error == SSL_ERROR_WANT_WRITE)
            return m_writable->setEnabled(true);
        if (error != SSL_ERROR_WANT_READ) {
            qCDebug(lcShard) << "TLS handshake with" << peerAddress()
                             << "failed:" << ERR_reason_error_string(ERR_peek_error());
            return finish();
        }
    } while (leavePrefix());
}

// Nobody tells when QIODevice's buffer is read: looked at again a little later.
void TlsSocket::waitForRoom()
{
    m_readable->setEnabled(false);
    QTimer::singleShot(fullRetry, this, [this] {
        if (m_stage == Stage::Gone)
            return;
        m_readable->setEnabled(true);
        readable();
    });
}

// A browser that was given http:// instead of https:// is told so.
bool TlsSocket::isPlainHttp() const
{
    char first = 0;
    if (m_isPrefixed || SSL_get_state(m_ssl.get()) != TLS_ST_BEFORE)
        return false;
    return ::recv(m_fd, &first, 1, MSG_PEEK | MSG_DONTWAIT) == 1 && std::isalpha(static_cast<unsigned char>(first));
}

void TlsSocket::refusePlainHttp()
{
    bump(m_counters.turnaways[std::size_t(Turnaway::Tls)]);
    m_stage = Stage::Refused;
    const auto answer = refusalResponse({400, "this port speaks TLS only: use https:// or wss://"});
    (void)::send(m_fd, answer.constData(), std::size_t(answer.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    ::shutdown(m_fd, SHUT_WR);
    discard(); // unread bytes would reset the connection before the answer is read
}

void TlsSocket::discard()
{
    Block block;
    const auto size = ::recv(m_fd, block.data(), block.size(), MSG_DONTWAIT);
    if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR))
        finish();
}

void TlsSocket::receive()
{
    if (isFull())
        return waitForRoom();
    Block block;
    qsizetype taken = 0;
    bool isOver = false, isDry = false;
    for (int reads = 0; !isOver && !isDry && !isFull() && taken < turnBytes && reads < readsPerTurn; ++reads) {
        ERR_clear_error();
        const int size = SSL_read(m_ssl.get(), block.data(), int(block.size()));
        if (size > 0) {
            take(block.data(), size);
            taken += size;
            continue;
        }
        const int error = SSL_get_error(m_ssl.get(), size);
        isOver = error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE; // said so, or without a word
        isDry = !leavePrefix() && SSL_has_pending(m_ssl.get()) == 0;
    }
    isOver = isOver || m_handshakes > handshakesMax;
    if (!isOver && !isDry) // OpenSSL may have more, of which the descriptor knows nothing
        QMetaObject::invokeMethod(
            this, [this] { readable(); }, Qt::QueuedConnection);
    const QPointer<TlsSocket> self(this);
    if (taken > 0)
        Q_EMIT readyRead();
    if (self && isOver && m_stage == Stage::Open) {
        m_readable->setEnabled(false);
        disconnectFromHost();
    }
}

/// True when there was a prefix and all of it is used up: then the descriptor has the rest.
bool TlsSocket::leavePrefix()
{
    if (!m_isPrefixed || BIO_pending(SSL_get_rbio(m_ssl.get())) > 0)
        return false;
    m_isPrefixed = false;
    SSL_set0_rbio(m_ssl.get(), BIO_new_socket(m_fd, BIO_NOCLOSE));
    return true;
}

bool TlsSocket::canReadLine() const { return QTcpSocket::canReadLine() || m_in.indexOf('\n', m_inDone) >= 0; }

qint64 TlsSocket::readData(char *data, qint64 size)
{
    const auto taken = std::min<qint64>(size, unread());
    std::copy_n(m_in.constData() + m_inDone, taken, data);
    m_inDone += taken;
    if (unread() == 0) {
        m_in = {};
        m_inDone = 0;
    }
    return taken;
}

// A record that the kernel took in part only stays with OpenSSL, and counts as not sent: what is enqueued begins with
// it.
ssize_t TlsSocket::sendSome(const char *data, size_t size)
{
    size_t sent = 0;
    while (m_stage == Stage::Open && !m_isBroken && sent < size) {
        ERR_clear_error();
        const int some = SSL_write(m_ssl.get(), data + sent, sizeFor(size - sent));
        if (some <= 0) {
            const int error = SSL_get_error(m_ssl.get(), some);
            m_isBroken = error != SSL_ERROR_WANT_WRITE && error != SSL_ERROR_WANT_READ;
            break;
        }
        sent += size_t(some);
    }
    return ssize_t(sent);
}

qint64 TlsSocket::enqueue(const char *data, qint64 size)
{
    if (m_stage == Stage::Gone || m_stage == Stage::Refused)
        return -1;
    m_out.append(data, size);
    if (m_stage == Stage::Open)
        m_writable->setEnabled(true);
    return size;
}

void TlsSocket::flushOut()
{
    const auto sent = qsizetype(sendSome(m_out.constData() + m_outDone, size_t(m_out.size() - m_outDone)));
    m_outDone += sent;
    if (m_outDone == m_out.size() || m_outDone > turnBytes) {
        m_out.remove(0, m_outDone);
        m_outDone = 0;
    }
    if (m_out.isEmpty())
        m_out = {};
    m_writable->setEnabled(!m_out.isEmpty());
    if (m_isBroken)
        return finish();
    const QPointer<TlsSocket> self(this);
    if (sent > 0)
        Q_EMIT bytesWritten(sent);
    if (self && state() == ClosingState && m_out.isEmpty())
        finish();
}

void TlsSocket::endWriting()
{
    if (m_stage == Stage::Open && m_out.isEmpty()) {
        ERR_clear_error();
        SSL_shutdown(m_ssl.get());
    }
    if (m_fd >= 0)
        ::shutdown(m_fd, SHUT_WR);
}

void TlsSocket::disconnectFromHost()
{
    if (m_stage != Stage::Open || m_out.isEmpty())
        return finish();
    if (state() == ClosingState)
        return;
    setSocketState(ClosingState);
    Q_EMIT stateChanged(ClosingState);
}

void TlsSocket::close()
{
    QIODevice::close();
    finish();
}

void TlsSocket::finish()
{
    if (m_stage == Stage::Gone || m_fd < 0)
        return;
    if (m_stage == Stage::Handshake)
        bump(m_counters.turnaways[std::size_t(Turnaway::Tls)]);
    endWriting();
    m_stage = Stage::Gone;
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    m_ssl.reset();
    ::close(std::exchange(m_fd, -1));
    m_out = {};
    m_outDone = 0;
    setSocketState(UnconnectedState);
    const QPointer<TlsSocket> self(this);
    Q_EMIT stateChanged(UnconnectedState);
    if (self)
        Q_EMIT readChannelFinished();
    if (self)
        Q_EMIT disconnected();
}

} // namespace odin
