// EpollDispatcher under real sockets: QTcpServer and QTcpSocket with backlog, and thousands of descriptors.
#include "tests/core/base/epolltest.h"

#include "core/base/descriptors.h"
#include "core/base/workerthread.h"

#include <QEventLoop>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <memory>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>

using namespace odin;
using namespace std::chrono_literals;

class TestEpollSockets : public QObject
{
    Q_OBJECT

    static QByteArray randomBytes(qsizetype size)
    {
        QByteArray bytes(size, Qt::Uninitialized);
        QRandomGenerator random(1);
        random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), size / 4);
        return bytes;
    }

    /// Sends back what it gets.
    struct EchoServer : QTcpServer
    {
        EchoServer()
        {
            connect(this, &QTcpServer::newConnection, this, [this] {
                while (QTcpSocket *socket = nextPendingConnection()) {
                    connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->write(socket->readAll()); });
                    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
                }
            });
            setListenBacklogSize(1000);
            setMaxPendingConnections(1000);
            if (!listen(QHostAddress::LocalHost, 0))
                qFatal("Cannot listen");
        }
    };

    static int connectedSocket(quint16 port)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            qFatal("Cannot connect");
        return fd;
    }

private Q_SLOTS:
    void echoesMuchThroughSmallBuffers()
    {
        const QByteArray sent = randomBytes(16 * 1024 * 1024);
        EchoServer server;
        QTcpSocket client;
        QByteArray received;
        QEventLoop loop;
        QTimer::singleShot(60s, &loop, &QEventLoop::quit);
        connect(&client, &QTcpSocket::connected, this, [&] {
            client.setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 16 * 1024);
            client.write(sent);
            QVERIFY(client.bytesToWrite() > 0);
        });
        connect(&client, &QTcpSocket::readyRead, this, [&] {
            received += client.readAll();
            if (received.size() >= sent.size())
                loop.quit();
        });
        client.connectToHost(server.serverAddress(), server.serverPort());
        loop.exec();
        QCOMPARE(received.size(), sent.size());
        QVERIFY(received == sent);
    }

    void servesManyConnectionsAtOnce()
    {
        constexpr int clientCount = 200;
        const QByteArray sent = randomBytes(64 * 1024);
        EchoServer server;
        std::vector<std::unique_ptr<QTcpSocket>> clients;
        int done = 0;
        QEventLoop loop;
        QTimer::singleShot(60s, &loop, &QEventLoop::quit);
        for (int i = 0; i < clientCount; ++i) {
            clients.push_back(std::make_unique<QTcpSocket>());
            QTcpSocket *client = clients.back().get();
            connect(client, &QTcpSocket::connected, client, [client, &sent] { client->write(sent); });
            connect(client, &QTcpSocket::readyRead, client, [&, client] {
                if (client->bytesAvailable() == sent.size() && client->readAll() == sent)
                    client->disconnectFromHost();
            });
            connect(client, &QTcpSocket::disconnected, client, [&] {
                if (++done == clientCount)
                    loop.quit();
            });
            client->connectToHost(server.serverAddress(), server.serverPort());
        }
        loop.exec();
        QCOMPARE(done, clientCount);
        QTRY_VERIFY_WITH_TIMEOUT(server.findChildren<QTcpSocket *>().isEmpty(), 20'000);
    }

    void aResetIsNoticedByASocketThatOnlyWrites()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        const int peer = connectedSocket(server.serverPort());
        QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 20'000);
        std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
        socket->setReadBufferSize(1);
        socket->write(QByteArray(16 * 1024 * 1024, 'x')); // far more than the kernel takes
        bool disconnected = false;
        connect(socket.get(), &QTcpSocket::disconnected, this, [&disconnected] { disconnected = true; });
        QTest::qWait(10);
        QVERIFY(socket->bytesToWrite() > 0);
        const linger reset{1, 0};
        ::setsockopt(peer, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        ::close(peer);
        QTRY_VERIFY_WITH_TIMEOUT(disconnected, 20'000);
    }

    void urgentDataIsAnException()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        const int peer = connectedSocket(server.serverPort());
        QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 20'000);
        const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
        CountingNotifier exception(static_cast<int>(socket->socketDescriptor()), QSocketNotifier::Exception);
        QVERIFY(exception.isEnabled());
        runRound();
        QCOMPARE(exception.count, 0);
        QCOMPARE(::send(peer, "!", 1, MSG_OOB), ssize_t(1));
        QTRY_VERIFY_WITH_TIMEOUT(exception.count > 0, 20'000);
        ::close(peer);
    }

    void servesAClientInAnotherThread()
    {
        WorkerThread worker(QStringLiteral("test"));
        EchoServer *server = nullptr;
        const quint16 port = worker.call([&server] {
            server = new EchoServer;
            return server->serverPort();
        });
        QTcpSocket client;
        const QByteArray sent = randomBytes(1024 * 1024);
        client.connectToHost(QHostAddress::LocalHost, port);
        client.write(sent);
        QTRY_COMPARE_WITH_TIMEOUT(client.bytesAvailable(), sent.size(), 60'000);
        QVERIFY(client.readAll() == sent);
        client.abort();
        worker.call([server] { delete server; });
    }

    void watchesThousandsOfDescriptors()
    {
        const int room = (raiseDescriptorLimit() - 200) / 2;
        const auto count = static_cast<std::size_t>(std::min(9'850, room));
        std::vector<std::unique_ptr<SocketPair>> pairs;
        std::vector<std::unique_ptr<CountingNotifier>> readers;
        int activated = 0;
        for (std::size_t i = 0; i < count; ++i) {
            pairs.push_back(std::make_unique<SocketPair>());
            readers.push_back(std::make_unique<CountingNotifier>(pairs[i]->near, QSocketNotifier::Read));
            connect(readers[i].get(), &QSocketNotifier::activated, this, [&activated, pair = pairs[i].get()] {
                pair->drain();
                ++activated;
            });
        }
        for (const auto &pair : pairs)
            pair->makeReadable();
        QTRY_COMPARE_WITH_TIMEOUT(activated, int(count), 30'000);
        for (const auto &reader : readers)
            QCOMPARE(reader->count, 1);

        for (std::size_t i = 0; i < count; i += 50)
            pairs[i]->makeReadable();
        QTRY_COMPARE_WITH_TIMEOUT(activated, int(count + (count + 49) / 50), 30'000);
        for (std::size_t i = 0; i < count; ++i)
            QCOMPARE(readers[i]->count, i % 50 == 0 ? 2 : 1);
    }

    // Connections come and go in one batch: numbers are used again all the time.
    void survivesTurnover()
    {
        constexpr int rounds = 20;
        constexpr int clientCount = 100;
        EchoServer server;
        for (int round = 0; round < rounds; ++round) {
            int echoed = 0;
            std::vector<std::unique_ptr<QTcpSocket>> clients;
            for (int i = 0; i < clientCount; ++i) {
                clients.push_back(std::make_unique<QTcpSocket>());
                QTcpSocket *client = clients.back().get();
                connect(client, &QTcpSocket::connected, client, [client] { client->write("hello"); });
                connect(client, &QTcpSocket::readyRead, client, [client, &echoed] {
                    if (client->bytesAvailable() < 5)
                        return;
                    ++echoed;
                    client->abort();
                });
                client->connectToHost(server.serverAddress(), server.serverPort());
            }
            QTRY_COMPARE_WITH_TIMEOUT(echoed, clientCount, 30'000);
        }
    }
};

ODIN_EPOLL_TEST_MAIN(TestEpollSockets)
#include "tst_epollsockets.moc"
