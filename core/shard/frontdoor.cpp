#include "core/shard/frontdoor.h"

#include "core/base/log.h"
#include "core/model/limits.h"
#include "core/shard/inboundwatch.h"

#include <QCoreApplication>

#include <sys/socket.h>

#include <cctype>

namespace odin {

namespace {

constexpr std::chrono::milliseconds sweepEvery{250};

} // namespace

FrontDoor::FrontDoor(HttpPort &http, OnOpen onOpen, Census &census, ShardCounters &counters, Guard guard)
    : m_http(http), m_onOpen(std::move(onOpen)), m_census(census), m_counters(counters), m_guard(guard),
      m_webSockets(QStringLiteral("odin"), QWebSocketServer::NonSecureMode)
{
    m_webSockets.setMaxPendingConnections(limits::handshakesPendingMax);
    m_webSockets.setSupportedSubprotocols({QStringLiteral("odin.v1.json")});
    connect(&m_webSockets, &QWebSocketServer::newConnection, this, &FrontDoor::upgraded);
    connect(&m_sweep, &QTimer::timeout, this, &FrontDoor::sweep);
    m_sweep.start(sweepEvery);
}

void FrontDoor::admit(qintptr descriptor, Admission admission)
{
    bump(m_counters.accepted);
    auto *socket = new ClientSocket(m_census, this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket; // the peer is gone already
        return;
    }
    socket->setReadBufferSize(limits::bodyBytesMax);
    auto &visitor = m_waiting[socket];
    visitor.admission = admission;
    visitor.guest.address = socket->peerAddress();
    visitor.guest.port = socket->peerPort();
    visitor.guest.inbound = new InboundWatch(socket); // before anybody else listens
    enter(socket, Phase::Head, limits::headMsMax);
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readHead(socket); });
    connect(socket, &QObject::destroyed, this, [this, socket] { gone(socket); });
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    if (m_waiting.size() > limits::handshakesPendingMax)
        act(socket, HttpRefusal{503, "too many connections are being opened"});
}

void FrontDoor::readHead(ClientSocket *socket)
{
    const auto visitor = m_waiting.constFind(socket);
    if (visitor == m_waiting.cend())
        return;
    // Refused: unread bytes would reset the connection before the answer is read. Answered: what follows is a second
    // request, at which nobody has looked.
    if (visitor->phase == Phase::Refused || (visitor->phase == Phase::Http && socket->bytesToWrite() > 0)) {
        socket->readAll();
        return;
    }
    if (visitor->phase != Phase::Head)
        return;
    const auto bytes = socket->peek(limits::headBytesMax + 4);
    if (!bytes.isEmpty() && !std::isalpha(static_cast<unsigned char>(bytes.front())))
        return act(socket, HttpRefusal{400, "this port speaks HTTP, without TLS"});
    const auto parsed = parseRequestHead(bytes);
    if (const auto *refusal = std::get_if<HttpRefusal>(&parsed))
        return act(socket, *refusal);
    const auto *head = std::get_if<RequestHead>(&parsed);
    if (!head)
        return;
    if (visitor->admission == Admission::OverCapacity)
        return act(socket, HttpRefusal{503, "no room for more connections, try again later"});
    std::visit([&](const auto &verdict) { act(socket, verdict); }, judge(*head));
}

void FrontDoor::act(ClientSocket *socket, const OpenSession &open)
{
    if (!m_onOpen)
        return act(socket, HttpRefusal{404, "no WebSocket here"});
    m_waiting[socket].guest.selection = open.selection;
    enter(socket, Phase::Handshake, limits::handshakeMsMax);
    socket->writeDirectly();
    const ClientSocket::Cork cork(*socket);
    m_webSockets.handleConnection(socket);
    // QtWebSockets does not tell which socket a QWebSocket came from. So its handshake, which it puts off, is made now.
    m_upgrading = socket;
    QCoreApplication::sendPostedEvents(&m_webSockets, QEvent::MetaCall);
    m_upgrading = nullptr;
}

void FrontDoor::act(ClientSocket *socket, const ServeHttp &)
{
    bump(m_counters.httpRequests);
    enter(socket, Phase::Http, limits::responseMsMax);
    connect(socket, &QTcpSocket::bytesWritten, this, [this, socket] { finishHttp(socket); });
    m_http.serve(socket);
}

void FrontDoor::act(ClientSocket *socket, const HttpRefusal &refusal)
{
    bump(m_counters.doorRefused);
    if (refusal.status == 503)
        bump(m_counters.overCapacity);
    qCDebug(lcShard) << "refused at the door:" << refusal.status << refusal.reason;
    enter(socket, Phase::Refused, limits::headMsMax);
    connect(socket, &QTcpSocket::bytesWritten, this, [this, socket] { finishRefusal(socket); });
    socket->readAll();
    socket->write(refusalResponse(refusal));
}

// Says that no more comes and leaves closing to the peer, who may still be sending; the sweep ends who does not close.
void FrontDoor::finishRefusal(ClientSocket *socket)
{
    if (socket->bytesToWrite() == 0)
        ::shutdown(int(socket->socketDescriptor()), SHUT_WR);
}

void FrontDoor::finishHttp(ClientSocket *socket)
{
    if (socket->bytesToWrite() == 0)
        socket->disconnectFromHost();
}

void FrontDoor::upgraded()
{
    while (auto *webSocket = m_webSockets.nextPendingConnection()) {
        const auto visitor = m_waiting.take(m_upgrading);
        disconnect(m_upgrading, nullptr, this, nullptr);
        connect(m_upgrading, &QTcpSocket::readyRead, m_upgrading, &ClientSocket::releaseReadBuffer); // behind QtWebSockets
        m_onOpen(webSocket, m_upgrading, visitor.guest);
    }
}

void FrontDoor::enter(ClientSocket *socket, Phase phase, std::chrono::milliseconds allowed)
{
    auto &visitor = m_waiting[socket];
    visitor.phase = phase;
    visitor.deadline = std::chrono::steady_clock::now() + allowed;
}

void FrontDoor::gone(ClientSocket *socket)
{
    m_waiting.remove(socket);
}

void FrontDoor::sweep()
{
    const auto now = std::chrono::steady_clock::now();
    std::vector<ClientSocket *> late;
    for (auto visitor = m_waiting.cbegin(); visitor != m_waiting.cend(); ++visitor) {
        if (visitor->deadline < now)
            late.push_back(visitor.key());
    }
    for (auto *socket : late) {
        if (m_waiting.value(socket).phase == Phase::Head && socket->bytesAvailable() > 0)
            act(socket, HttpRefusal{408, "the request head did not arrive in time"});
        else
            socket->abort();
    }
}

} // namespace odin
