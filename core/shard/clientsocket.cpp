#include "core/shard/clientsocket.h"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

namespace odin {

ClientSocket::Put ClientSocket::put(const char *data, qint64 size)
{
    if (m_corks > 0) {
        m_corked.append(data, size);
        return Put::Whole;
    }
    const auto sent = bytesToWrite() > 0 ? 0 : std::max<qint64>(sendSome(data, size_t(size)), 0);
    if (sent == size)
        return Put::Whole;
    enqueue(data + sent, size - sent);
    return Put::Queued;
}

void ClientSocket::uncork()
{
    if (--m_corks > 0 || m_corked.isEmpty())
        return;
    const auto corked = std::exchange(m_corked, {});
    write(corked);
}

qint64 ClientSocket::writeData(const char *data, qint64 size)
{
    if (!m_isDirect || state() != ConnectedState)
        return enqueue(data, size);
    put(data, size);
    return size;
}

void ClientSocket::endWriting() { ::shutdown(int(socketDescriptor()), SHUT_WR); }

ssize_t ClientSocket::sendSome(const char *data, size_t size)
{
    return ::send(int(socketDescriptor()), data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
}

// QRingBuffer keeps its last block, unless it is read as a whole.
void ClientSocket::releaseReadBuffer()
{
    if (bytesAvailable() > 0 || !isReadable())
        return;
    ungetChar(' ');
    read(1);
}

} // namespace odin
