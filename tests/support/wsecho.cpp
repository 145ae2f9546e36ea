// wsecho PORT: sends every WebSocket message back, at every address, over the product's own door, session and frame writer. For conformance
// suites of RFC 6455; the limits of size are raised for them, and nothing of the market is here. Ends with SIGTERM.
// It prints "listening on 127.0.0.1:PORT"; PORT 0 takes any free one.
#include "core/shard/frontdoor.h"
#include "core/shard/listening.h"
#include "core/shard/session.h"
#include "core/wire/framebuilder.h"

#include <QCoreApplication>
#include <QTcpServer>

#include <cstdio>

namespace odin {

namespace {

constexpr quint64 messageBytesMax = 64 * 1024 * 1024;

/// Nothing but WebSockets here.
class NoHttp final : public HttpPort
{
public:
    void serve(QTcpSocket *socket) override
    {
        socket->readAll();
        socket->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
};

/// One client. Deletes itself with its WebSocket.
class Echo : public QObject
{
public:
    Echo(QWebSocket *webSocket, ClientSocket *tcp, const Guest &guest) : m_session("echo", webSocket, tcp, guest)
    {
        tcp->setReadBufferSize(0); // QtWebSockets waits for whole frames
        webSocket->setMaxAllowedIncomingFrameSize(messageBytesMax);
        webSocket->setMaxAllowedIncomingMessageSize(messageBytesMax);
        connect(webSocket, &QWebSocket::textMessageReceived, this,
                [this](const QString &text) { send(textFrame(text.toUtf8())); });
        connect(webSocket, &QWebSocket::binaryMessageReceived, this,
                [this](const QByteArray &bytes) { send(binaryFrame(bytes)); });
        connect(webSocket, &QWebSocket::disconnected, this, &QObject::deleteLater);
        m_session.watchInbound([this](const FrameScanner::Seen &seen) {
            if (seen.isUnmasked)
                m_session.close(CloseReason::ProtocolError);
        });
    }

private:
    void send(const QByteArray &frame)
    {
        if (m_session.sendReply(frame) == Session::Write::TooSlow)
            m_session.abort();
    }

    Session m_session;
};

class EchoServer : public QTcpServer
{
public:
    EchoServer()
        : m_door(m_http, [](QWebSocket *webSocket, ClientSocket *tcp, const Guest &guest) { new Echo(webSocket, tcp, guest); },
                 m_census, m_counters)
    {
        m_door.openWebSockets(WebSocketsAt::Anywhere);
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        m_census.connections.fetch_add(1);
        m_door.admit(descriptor, Admission::Welcome);
    }

private:
    Census m_census;
    ShardCounters m_counters;
    NoHttp m_http;
    FrontDoor m_door;
};

int run(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    bool ok = false;
    const auto port = QCoreApplication::arguments().value(1).toUShort(&ok);
    EchoServer server;
    const auto opened = ok ? listenOn(server, QHostAddress(QHostAddress::LocalHost), port)
                           : Result<Done>(Error{QStringLiteral("usage: wsecho PORT")});
    if (!opened) {
        std::fprintf(stderr, "%s\n", qPrintable(opened.error().text));
        return 2;
    }
    std::printf("listening on 127.0.0.1:%d\n", server.serverPort());
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

} // namespace odin

int main(int argc, char **argv) { return odin::run(argc, argv); }
