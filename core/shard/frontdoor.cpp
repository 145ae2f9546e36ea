#include "core/shard/frontdoor.h"

#include "core/base/log.h"
#include "core/model/limits.h"
#include "core/shard/balancerheader.h"
#include "core/shard/inboundwatch.h"
#include "core/shard/tlssocket.h"

#include <QCoreApplication>

#include <algorithm>
#include <cctype>

namespace odin {

namespace {

constexpr std::chrono::milliseconds sweepEvery{250};

// A pipelined request: QHttpServer would answer it without asking anybody.
void dropBehind(QTcpSocket &socket, qsizetype bytes)
{
    if (socket.bytesAvailable() == bytes)
        return;
    const auto request = socket.read(bytes);
    socket.readAll();
    for (auto at = request.size(); at > 0; --at)
        socket.ungetChar(request[at - 1]);
}

} // namespace

FrontDoor::FrontDoor(HttpPort &http, OnOpen onOpen, Census &census, ShardCounters &counters, Guard guard,
                     const TlsPort *tls)
    : m_http(http), m_onOpen(std::move(onOpen)), m_census(census), m_counters(counters), m_checkpoint(guard, counters),
      m_tls(tls),
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
    auto *socket = newSocket();
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
    const bool isBalancer = m_checkpoint.isBalancer(visitor.guest.address);
    enter(socket, isBalancer ? Phase::Balancer : Phase::Head, limits::headMsMax);
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { receive(socket); });
    connect(socket, &QObject::destroyed, this, [this, socket] { gone(socket); });
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    if (!isBalancer)
        socket->startTls(); // its handshake and the request head have limits::headMsMax together
    if (m_waiting.size() > limits::handshakesPendingMax)
        refuse(socket, {503, "too many connections are being opened"}, Turnaway::NoRoom);
    else if (!isBalancer)
        welcome(socket);
}

ClientSocket *FrontDoor::newSocket()
{
    if (m_tls && m_tls->isOn())
        return new TlsSocket(m_census, m_counters, m_tls->identity(), this);
    return new ClientSocket(m_census, this);
}

void FrontDoor::receive(ClientSocket *socket)
{
    const auto visitor = m_waiting.constFind(socket);
    if (visitor == m_waiting.cend())
        return;
    switch (visitor->phase) {
    case Phase::Balancer: return readBalancerHeader(socket);
    case Phase::Head: return readHead(socket);
    case Phase::Body: return readBody(socket);
    case Phase::Handshake:
    case Phase::Serving: return;
    case Phase::Answering:
    case Phase::Refused: socket->readAll(); // unread bytes would reset the connection before the answer is read
    }
}

void FrontDoor::readBalancerHeader(ClientSocket *socket)
{
    const auto parsed = parseBalancerHeader(socket->peek(limits::balancerHeaderBytesMax));
    if (std::holds_alternative<BalancerHeaderIncomplete>(parsed))
        return;
    const auto *header = std::get_if<BalancerHeader>(&parsed);
    if (!header)
        return cut(socket, Turnaway::BalancerHeader);
    socket->read(header->bytes);
    auto &visitor = m_waiting[socket];
    if (header->client) {
        visitor.guest.address = header->client->address;
        visitor.guest.port = header->client->port;
    }
    visitor.phase = Phase::Head; // within the same deadline
    socket->startTls();
    welcome(socket);
    receive(socket);
}

// Now that it is known who comes.
void FrontDoor::welcome(ClientSocket *socket)
{
    TicketPtr ticket;
    const auto no = m_checkpoint.arrive(m_waiting[socket].guest.address, ticket);
    socket->keep(std::move(ticket));
    if (no)
        turnAway(socket, *no);
}

void FrontDoor::readHead(ClientSocket *socket)
{
    const auto bytes = socket->peek(limits::headBytesMax + 4);
    if (!bytes.isEmpty() && !std::isalpha(static_cast<unsigned char>(bytes.front())))
        return refuse(socket, {400, "this port speaks HTTP, without TLS"});
    const auto parsed = parseRequestHead(bytes);
    if (const auto *refusal = std::get_if<HttpRefusal>(&parsed))
        return refuse(socket, *refusal);
    if (const auto *head = std::get_if<RequestHead>(&parsed))
        judgeHead(socket, *head);
}

void FrontDoor::judgeHead(ClientSocket *socket, const RequestHead &head)
{
    if (m_waiting[socket].admission == Admission::OverCapacity)
        return turnAway(socket, Turnaway::NoRoom);
    if (const auto no = m_checkpoint.judge(head, socket->isTls()))
        return turnAway(socket, *no);
    std::visit([&](const auto &verdict) { act(socket, head, verdict); }, judge(head, m_webSocketsAt));
}

void FrontDoor::act(ClientSocket *socket, const RequestHead &head, const OpenSession &open)
{
    if (!m_onOpen)
        return refuse(socket, {404, "no WebSocket here"});
    if (socket->bytesAvailable() > head.bytes) // QtWebSockets would lose it
        return refuse(socket, {400, "nothing may be sent before the upgrade is answered"});
    auto &guest = m_waiting[socket].guest;
    guest.selection = open.selection;
    if (const auto no = m_checkpoint.identify(head, guest))
        return turnAway(socket, *no);
    upgrade(socket);
}

void FrontDoor::upgrade(ClientSocket *socket)
{
    enter(socket, Phase::Handshake, limits::handshakeMsMax);
    socket->writeDirectly();
    const ClientSocket::Cork cork(*socket);
    m_webSockets.handleConnection(socket);
    // QtWebSockets does not tell which socket a QWebSocket came from. So its handshake, which it puts off, is made now.
    m_upgrading = socket;
    QCoreApplication::sendPostedEvents(&m_webSockets, QEvent::MetaCall);
    m_upgrading = nullptr;
    if (m_waiting.contains(socket)) // it found a fault that we did not, and ends the connection
        count(Turnaway::Request);
}

void FrontDoor::act(ClientSocket *socket, const RequestHead &head, const ServeHttp &)
{
    m_waiting[socket].requestBytes = head.bytes + head.contentLength;
    socket->setReadBufferSize(std::max<qint64>(limits::bodyBytesMax, head.bytes + head.contentLength));
    enter(socket, Phase::Body, limits::headMsMax);
    readBody(socket);
}

void FrontDoor::readBody(ClientSocket *socket)
{
    const auto requestBytes = m_waiting[socket].requestBytes;
    if (socket->bytesAvailable() < requestBytes)
        return;
    dropBehind(*socket, requestBytes);
    bump(m_counters.httpRequests);
    enter(socket, Phase::Serving, limits::responseMsMax);
    connect(socket, &QTcpSocket::bytesWritten, this, [this, socket] { finishHttp(socket); });
    m_http.serve(socket);
    m_waiting[socket].phase = Phase::Answering;
}

void FrontDoor::refuse(ClientSocket *socket, const HttpRefusal &refusal, Turnaway why)
{
    count(why);
    qCDebug(lcShard) << "refused at the door:" << refusal.status << refusal.reason;
    enter(socket, Phase::Refused, limits::headMsMax);
    connect(socket, &QTcpSocket::bytesWritten, this, [this, socket] { finishRefusal(socket); });
    socket->readAll();
    socket->write(refusalResponse(refusal, why));
}

// Without an answer.
void FrontDoor::cut(ClientSocket *socket, Turnaway why)
{
    count(why);
    socket->abort();
}

void FrontDoor::count(Turnaway why)
{
    bump(m_counters.turnaways[std::size_t(why)]);
    bump(m_counters.doorRefused);
    if (ruleOf(why).status == 503)
        bump(m_counters.overCapacity);
}

// Says that no more comes and leaves closing to the peer, who may still be sending; the sweep ends who does not close.
void FrontDoor::finishRefusal(ClientSocket *socket)
{
    if (socket->bytesToWrite() == 0)
        socket->endWriting();
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
    std::vector<ClientSocket *> those;
    for (auto visitor = m_waiting.cbegin(); visitor != m_waiting.cend(); ++visitor) {
        if (visitor->deadline < now)
            those.push_back(visitor.key());
    }
    for (auto *socket : those)
        late(socket);
}

void FrontDoor::late(ClientSocket *socket)
{
    switch (m_waiting.value(socket).phase) {
    case Phase::Balancer: return cut(socket, Turnaway::BalancerHeader);
    case Phase::Head:
        return socket->bytesAvailable() > 0 ? turnAway(socket, Turnaway::Deadline) : cut(socket, Turnaway::Deadline);
    case Phase::Body: return refuse(socket, {408, "the request body did not arrive in time"}, Turnaway::Deadline);
    case Phase::Handshake:
    case Phase::Serving:
    case Phase::Answering:
    case Phase::Refused: socket->abort();
    }
}

} // namespace odin
