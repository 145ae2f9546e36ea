// A write that the kernel takes in part, at every byte: the stream stays whole, also when QtWebSockets answers a ping or
// closes in between. And no buffer stays behind.
#include "core/shard/clientsocket.h"
#include "core/wire/framebuilder.h"
#include "tests/core/shard/testclient.h"

#include <QPointer>
#include <QTcpServer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <cerrno>

using namespace odin;

namespace {

constexpr int deadline = 20'000;

// Takes `room` bytes, then nothing until it is given more.
class NarrowSocket final : public ClientSocket
{
public:
    using ClientSocket::ClientSocket;
    size_t room = SIZE_MAX;
    int sends = 0;

protected:
    ssize_t sendSome(const char *data, size_t size) override
    {
        ++sends;
        const auto taken = std::min(size, room);
        room -= room == SIZE_MAX ? 0 : taken;
        if (taken == 0)
            return errno = EAGAIN, -1;
        return ClientSocket::sendSome(data, taken);
    }
};

// A WebSocket whose socket is narrow, and its client.
class Narrow : public QTcpServer
{
public:
    Narrow()
    {
        listen(QHostAddress(QHostAddress::LocalHost));
        QObject::connect(&sockets, &QWebSocketServer::newConnection, this, [this] { webSocket = sockets.nextPendingConnection(); });
        census.connections = 1;
    }

    Census census;
    QPointer<NarrowSocket> tcp;
    QPointer<QWebSocket> webSocket;
    QWebSocketServer sockets{QStringLiteral("test"), QWebSocketServer::NonSecureMode};

protected:
    void incomingConnection(qintptr descriptor) override
    {
        tcp = new NarrowSocket(census, this);
        tcp->setSocketDescriptor(descriptor);
        tcp->writeDirectly();
        QObject::connect(tcp, &QTcpSocket::disconnected, tcp, &QObject::deleteLater);
        sockets.handleConnection(tcp);
    }
};

QByteArray frame(int number) { return textFrame("{\"type\":\"n\",\"seq\":" + QByteArray::number(number) + '}'); }

} // namespace

class TestClientSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyPartialWriteWithAPongInBetween()
    {
        Narrow server;
        TestClient client(server.serverPort());
        QVERIFY(client.open());
        const auto size = frame(10).size();
        int sent = 10, pings = 0;
        for (qsizetype taken = 0; taken <= size; ++taken) {
            server.tcp->room = size_t(taken);
            const auto result = server.tcp->put(frame(sent).constData(), frame(sent).size());
            ++sent;
            QCOMPARE(result == ClientSocket::Put::Whole, taken >= frame(sent - 1).size());
            client.send("p" + QByteArray::number(pings++), 9);
            QTRY_COMPARE_WITH_TIMEOUT(client.pongs.size(), pings, deadline); // behind the rest of the frame
            server.tcp->room = SIZE_MAX;
            server.tcp->put(frame(sent).constData(), frame(sent).size());
            ++sent;
            QTRY_COMPARE_WITH_TIMEOUT(client.count("n"), sent - 10, deadline);
            QVERIFY(!client.broken);
        }
        for (int i = 0; i < sent - 10; ++i)
            QCOMPARE(client.messages[i].value(QLatin1String("seq")).toInt(), i + 10);
        QCOMPARE(pings, int(size) + 1);
    }

    void anyPartialWriteWithACloseInBetween()
    {
        const auto size = frame(10).size();
        for (qsizetype taken = 0; taken <= size; ++taken) {
            Narrow server;
            TestClient client(server.serverPort());
            QVERIFY(client.open());
            server.tcp->room = size_t(taken);
            server.tcp->put(frame(10).constData(), size);
            server.webSocket->close(QWebSocketProtocol::CloseCodeGoingAway);
            QTRY_COMPARE_WITH_TIMEOUT(client.closeCode, 1001, deadline);
            QVERIFY(!client.broken);
            QCOMPARE(client.count("n"), 1);
        }
    }

    void corkedWritesGoOutTogether()
    {
        Narrow server;
        TestClient client(server.serverPort());
        QVERIFY(client.open());
        server.tcp->sends = 0;
        {
            const ClientSocket::Cork outer(*server.tcp);
            server.tcp->put(frame(1).constData(), frame(1).size());
            {
                const ClientSocket::Cork inner(*server.tcp);
                server.tcp->write(frame(2));
            }
            QCOMPARE(server.tcp->sends, 0);
            QCOMPARE(server.tcp->bytesToWrite(), frame(1).size() + frame(2).size());
        }
        QCOMPARE(server.tcp->sends, 1);
        QCOMPARE(server.tcp->bytesToWrite(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(client.count("n"), 2, deadline);
    }

    void whatIsUnreadSurvivesTheRelease()
    {
        Narrow server;
        TestClient client(server.serverPort());
        QVERIFY(client.open());
        server.tcp->disconnect(server.webSocket); // nobody reads now
        QObject::disconnect(server.tcp, &QTcpSocket::readyRead, nullptr, nullptr);
        client.socket.write("abc");
        QTRY_COMPARE_WITH_TIMEOUT(server.tcp->bytesAvailable(), 3, deadline);
        server.tcp->releaseReadBuffer();
        QCOMPARE(server.tcp->read(2), QByteArray("ab"));
        server.tcp->releaseReadBuffer();
        QCOMPARE(server.tcp->readAll(), QByteArray("c"));
        server.tcp->releaseReadBuffer();
        QCOMPARE(server.tcp->bytesAvailable(), 0);
    }

    void aConnectionIsCountedDownWhenItIsGone()
    {
        Narrow server;
        TestClient client(server.serverPort());
        QVERIFY(client.open());
        QCOMPARE(server.census.connections.load(), 1);
        client.socket.abort();
        QTRY_COMPARE_WITH_TIMEOUT(server.census.connections.load(), 0, deadline);
    }
};

QTEST_GUILESS_MAIN(TestClientSocket)
#include "tst_clientsocket.moc"
