#include "core/shard/session.h"

#include "core/wire/framebuilder.h"

#include <QHostAddress>
#include <QtEndian>

#include <algorithm>

namespace odin {

namespace {

QByteArray closeFrame(CloseReason reason) // RFC 6455 section 5.5.1
{
    const QByteArrayView name(closeName(reason));
    char code[2];
    qToBigEndian(quint16(reason), code);
    const auto size = char(sizeof code + std::size_t(name.size()));
    return QByteArray(1, char(0x88)).append(size).append(code, sizeof code).append(name);
}

// Of ::ffff:192.0.2.1, as a socket for both protocols has it, 192.0.2.1.
QByteArray textOf(const QHostAddress &address)
{
    bool isIPv4 = false;
    const auto v4 = address.toIPv4Address(&isIPv4);
    return (isIPv4 ? QHostAddress(v4) : address).toString().toLatin1();
}

} // namespace

Session::Session(QByteArray id, QWebSocket *webSocket, ClientSocket *tcp, const Guest &who)
    : guest(who), m_id(std::move(id)), m_sinceMs(wallMs()), m_address(textOf(who.address)), m_port(who.port),
      m_webSocket(webSocket), m_tcp(tcp), m_inbound(who.inbound)
{
    counted.at = std::chrono::steady_clock::now();
    webSocket->setMaxAllowedIncomingFrameSize(limits::commandBytesMax);
    webSocket->setMaxAllowedIncomingMessageSize(limits::commandBytesMax);
}

Session::~Session()
{
    if (m_inbound)
        m_inbound->end();
    m_webSocket->disconnect();
    m_webSocket->deleteLater(); // may be on the call stack
}

Session::Write Session::write(const QByteArray &frames)
{
    if (isClosing || !m_tcp || m_tcp->state() != QAbstractSocket::ConnectedState)
        return Write::Broken;
    if (m_tcp->bytesToWrite() + frames.size() > backlogBytesMax())
        return Write::TooSlow;
    return m_tcp->put(frames.constData(), frames.size()) == ClientSocket::Put::Whole ? Write::Direct : Write::Queued;
}

Session::Write Session::deliver(const QByteArray &batch, std::span<const FramePtr> frames)
{
    if (isHolding()) {
        hold(frames);
        return Write::Held;
    }
    const auto result = write(batch);
    m_isThinning = m_pace.mode == Mode::Auto && result == Write::Queued && !hasRoom();
    return result;
}

void Session::hold(std::span<const FramePtr> frames)
{
    m_isThinning = m_isThinning || m_pace.mode != Mode::Latest;
    std::uint64_t conflated = 0;
    for (const auto &frame : frames)
        conflated += m_thinner.hold(frame);
    m_conflated += conflated;
    m_conflatedEver += conflated;
}

Thinner::Batch Session::takeHeld(SteadyTime now)
{
    if (!isDrained() || (m_pace.mode == Mode::Latest && now < m_turn))
        return {};
    auto batch = m_thinner.take(limits::backlogHighBytes);
    if (m_thinner.isEmpty()) {
        m_isThinning = false;
        if (!batch.frames.empty() && m_pace.mode == Mode::Latest)
            m_turn = now + std::chrono::duration_cast<SteadyTime::duration>(std::chrono::duration<double>(1 / m_pace.maxHz));
    }
    return batch;
}

void Session::setPace(const Pace &asked)
{
    m_asked = asked;
    applyPace();
}

void Session::setLimit(std::optional<double> maxHz)
{
    m_limitHz = maxHz;
    applyPace();
}

// What is held by the old pace goes out under the new one.
void Session::applyPace()
{
    m_pace = m_asked;
    if (m_limitHz)
        m_pace = {Mode::Latest, m_asked.mode == Mode::Latest ? std::min(m_asked.maxHz, *m_limitHz) : *m_limitHz};
    m_turn = {};
    m_isThinning = !m_thinner.isEmpty();
}

bool Session::isTooSlow(SteadyTime now)
{
    const auto backlog = backlogBytes();
    if (backlog < qint64(limits::backlogLowBytes))
        m_fullSince.reset();
    else if (!m_fullSince)
        m_fullSince = now;
    return backlog > backlogBytesMax() || (m_fullSince && now - *m_fullSince > limits::backlogMsMax);
}

Session::Write Session::sendText(QByteArrayView payload)
{
    return sendReply(textFrame(payload));
}

Session::Write Session::sendReply(const QByteArray &frame)
{
    if (backlogBytes() == 0)
        m_replyBytes = 0;
    m_replyBytes = std::max<qint64>(m_replyBytes, frame.size());
    return write(frame);
}

void Session::sendPing()
{
    static const QByteArray ping("\x89\x00", 2); // RFC 6455 section 5.5.2, no payload
    m_pingAt = std::chrono::steady_clock::now();
    ++m_pingsUnanswered;
    write(ping);
}

bool Session::pongReceived()
{
    if (m_pingsUnanswered == 0)
        return false; // an unasked pong says nothing
    m_pingsUnanswered = 0;
    m_roundTrip = std::chrono::steady_clock::now() - m_pingAt;
    return true;
}

void Session::watchInbound(InboundWatch::Judge judge)
{
    if (m_inbound)
        m_inbound->begin(std::move(judge));
}

bool Session::isTrickling(SteadyTime now) const
{
    const auto since = m_inbound ? m_inbound->insideSince() : std::nullopt;
    return since && now - *since > limits::frameMsMax;
}

void Session::close(CloseReason reason)
{
    if (isClosing)
        return;
    if (m_tcp) // whatever the backlog is
        m_tcp->write(closeFrame(reason));
    isClosing = true;
    closingSince = std::chrono::steady_clock::now();
    if (m_tcp)
        linger();
}

// Not QWebSocket::close(): it closes TCP at once, and if something of the client's is unread then, the kernel answers
// with a reset, which takes our close frame with it. So we end our half only, and read until the client ends the other.
void Session::linger()
{
    auto *tcp = m_tcp.data();
    const auto discard = [tcp] { tcp->readAll(); };
    const auto finish = [tcp] {
        if (tcp->bytesToWrite() == 0)
            tcp->endWriting();
    };
    QObject::disconnect(tcp, &QTcpSocket::readyRead, m_webSocket, nullptr);
    QObject::connect(tcp, &QTcpSocket::readyRead, m_webSocket, discard);
    QObject::connect(tcp, &QTcpSocket::bytesWritten, m_webSocket, finish);
    discard();
    finish();
}

void Session::abort()
{
    isClosing = true;
    m_webSocket->abort();
}

} // namespace odin
