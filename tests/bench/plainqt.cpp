// bench-plainqt NATS-URL: what one would write first in Qt: QWebSocketServer, and sendTextMessage() to one client after
// the other for each update of the bus. Ends with standard input.
#include "tests/bench/openfiles.h"

#include <nats/nats.h>

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QWebSocket>
#include <QWebSocketServer>

#include <cstdio>

namespace {

class PlainServer final : public QWebSocketServer
{
public:
    PlainServer() : QWebSocketServer(QStringLiteral("plain"), NonSecureMode)
    {
        setMaxPendingConnections(odin::bench::clientsMax);
        connect(this, &QWebSocketServer::newConnection, this, &PlainServer::admit);
    }

    void broadcast(const QString &text)
    {
        for (auto *client : m_clients)
            client->sendTextMessage(text);
    }

private:
    void admit()
    {
        while (auto *client = nextPendingConnection()) {
            m_clients.append(client);
            connect(client, &QWebSocket::disconnected, this, [this, client] {
                m_clients.removeOne(client);
                client->deleteLater();
            });
        }
    }

    QList<QWebSocket *> m_clients;
};

// On a thread of cnats.
void take(natsConnection *, natsSubscription *, natsMsg *message, void *closure)
{
    auto *server = static_cast<PlainServer *>(closure);
    const auto text = QString::fromUtf8(natsMsg_GetData(message), natsMsg_GetDataLength(message));
    QMetaObject::invokeMethod(server, [server, text] { server->broadcast(text); }, Qt::QueuedConnection);
    natsMsg_Destroy(message);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    odin::bench::allowOpenFiles(odin::bench::clientsMax);
    PlainServer server;
    natsConnection *bus = nullptr;
    natsSubscription *subscription = nullptr;
    if (argc < 2 || !server.listen(QHostAddress::LocalHost) || natsConnection_ConnectTo(&bus, argv[1]) != NATS_OK
        || natsConnection_Subscribe(&subscription, bus, "odin.tokens.*.price", take, &server) != NATS_OK
        || natsConnection_FlushTimeout(bus, 5'000) != NATS_OK) {
        std::fprintf(stderr, "usage: bench-plainqt NATS-URL, and the bus must answer\n");
        return 2;
    }
    std::printf("ready ws=ws://127.0.0.1:%u/\n", server.serverPort());
    std::fflush(stdout);
    QSocketNotifier orders(0, QSocketNotifier::Read);
    QObject::connect(&orders, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    QCoreApplication::exec();
    natsSubscription_Destroy(subscription);
    natsConnection_Destroy(bus); // its threads end here, before the server
}
