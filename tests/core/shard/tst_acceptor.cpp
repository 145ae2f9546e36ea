// The public port: what it says when it cannot open, and that it never goes deaf.
#include "core/shard/acceptor.h"
#include "core/shard/listening.h"
#include "tests/core/shard/fakepast.h"
#include "tests/core/shard/testdoor.h"

#include <sys/resource.h>
#include <unistd.h>

using namespace odin;

namespace {

constexpr int deadline = 30'000;

int limitDescriptors(rlim_t count)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const auto before = limit.rlim_cur;
    limit.rlim_cur = count;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return int(before);
}

} // namespace

class TestAcceptor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QLoggingCategory::setFilterRules(QStringLiteral("odin.*.debug=false")); }

    void saysThatAPortIsTaken()
    {
        QTcpServer first, second;
        QVERIFY(listenOn(first, QHostAddress(QHostAddress::LocalHost), 0).ok());
        const auto opened = listenOn(second, QHostAddress(QHostAddress::LocalHost), first.serverPort());
        QVERIFY(!opened);
        QVERIFY(opened.error().text.contains(QStringLiteral("127.0.0.1:%1 is in use").arg(first.serverPort())));
    }

    void saysThatAnAddressIsNotOurs()
    {
        QTcpServer server;
        const auto opened = listenOn(server, QHostAddress(QStringLiteral("192.0.2.1")), 0);
        QVERIFY(!opened);
        QVERIFY(opened.error().text.contains(QStringLiteral("192.0.2.1:0")));
    }

    void namesWhereItCanBeReached()
    {
        QTcpServer server;
        QVERIFY(listenOn(server, QHostAddress(QHostAddress::AnyIPv4), 0).ok());
        QCOMPARE(reachableAt(server), QStringLiteral("127.0.0.1:%1").arg(server.serverPort()));
    }

    // Qt pauses a server for ever when a connection cannot be accepted.
    void acceptsAgainAfterDescriptorsRanOut()
    {
        QTcpServer server;
        QVERIFY(listenOn(server, QHostAddress(QHostAddress::LocalHost), 0).ok());
        int accepted = 0;
        connect(&server, &QTcpServer::newConnection, &server, [&] {
            while (auto *socket = server.nextPendingConnection()) {
                ++accepted;
                socket->setParent(&server);
            }
        });
        int errors = 0;
        connect(&server, &QTcpServer::acceptError, &server, [&errors] { ++errors; });
        QTcpSocket early, late;
        early.connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
        QVERIFY(early.waitForConnected(deadline)); // in the backlog: nothing is accepted before the event loop runs
        const int next = ::dup(0);
        ::close(next);
        const int before = limitDescriptors(rlim_t(next)); // less would stop poll() as well
        const bool ranOut = QTest::qWaitFor([&errors] { return errors > 0; }, deadline);
        limitDescriptors(rlim_t(before));
        QVERIFY(ranOut);
        QTRY_COMPARE_WITH_TIMEOUT(accepted, 1, deadline);
        late.connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
        QTRY_COMPARE_WITH_TIMEOUT(accepted, 2, deadline);
    }

    void cutsWhatEvenTheDoorHasNoRoomFor()
    {
        GatewayState state("node");
        FakePast past;
        std::vector<std::unique_ptr<Shard>> shards;
        shards.push_back(std::make_unique<Shard>(0, state, past, [] { return std::make_unique<HelloHttp>(); }));
        Acceptor acceptor(shards, state.census(), 1);
        QVERIFY(acceptor.open(QHostAddress(QHostAddress::LocalHost), 0).ok());
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 150; ++i) {
            auto &socket = *sockets.emplace_back(std::make_unique<QTcpSocket>());
            socket.connectToHost(QHostAddress(QHostAddress::LocalHost), acceptor.serverPort());
        }
        const int room = 1 + limits::descriptorsReserved / 2;
        QTRY_COMPARE_WITH_TIMEOUT(int(acceptor.cut()), 150 - room, deadline);
        QCOMPARE(state.census().connections.load(), room);
        for (auto &socket : sockets)
            socket->write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(shards[0]->counters().overCapacity.load(), std::uint64_t(room - 1), deadline);
        QTRY_COMPARE_WITH_TIMEOUT(state.census().connections.load(), 0, deadline);
        QCOMPARE(shards[0]->counters().httpRequests.load(), 1u);
    }
};

QTEST_GUILESS_MAIN(TestAcceptor)
#include "tst_acceptor.moc"
