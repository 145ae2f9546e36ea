#include "core/shard/inboundwatch.h"

#include <algorithm>

namespace odin {

InboundWatch::InboundWatch(QTcpSocket *socket) : QObject(socket), m_socket(socket)
{
    connect(socket, &QTcpSocket::readyRead, this, &InboundWatch::look);
}

void InboundWatch::begin(Judge judge)
{
    m_judge = std::move(judge);
    noteLeft();
    connect(m_socket, &QTcpSocket::readyRead, this, &InboundWatch::noteLeft);
}

void InboundWatch::look()
{
    if (!m_judge)
        return;
    const auto unread = m_socket->peek(m_socket->bytesAvailable());
    const auto seen = m_scanner.feed(QByteArrayView(unread).sliced(std::min<qint64>(m_left, unread.size())));
    if (seen.hasEnded)
        m_insideSince.reset();
    if (m_scanner.isInside() && !m_insideSince)
        m_insideSince = std::chrono::steady_clock::now();
    m_judge(seen);
}

} // namespace odin
