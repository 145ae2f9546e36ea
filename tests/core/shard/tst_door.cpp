// The front door to everyone who comes: sessions, requests, nonsense, silence.
#include "tests/core/shard/testdoor.h"

using namespace odin;

namespace {

constexpr int deadline = 30'000;

const QByteArray tlsHello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);

// Everything the door answers until it ends the connection.
QByteArray answerTo(TestDoor &door, const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), door.serverPort());
    socket.write(request);
    const bool isOver = QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, deadline);
    return isOver ? socket.readAll() : QByteArray("still connected");
}

} // namespace

class TestDoorOfShard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void upgrades()
    {
        TestDoor door;
        TestClient client(door.serverPort());
        QVERIFY(client.open("?tokens=BTC"));
        QVERIFY(client.head.contains("Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n"));
        QCOMPARE(door.selection.tokens, std::set<QByteArray>{"BTC"});
        QCOMPARE(door.door.waiting(), 0);
        QCOMPARE(door.census.connections.load(), 1);
        client.socket.disconnectFromHost();
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
    }

    void servesARequestAndCloses()
    {
        TestDoor door;
        QCOMPARE(answerTo(door, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"), QByteArray(HelloHttp::answer));
        QCOMPARE(door.counters.httpRequests.load(), 1u);
        QCOMPARE(door.counters.doorRefused.load(), 0u);
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
    }

    void aHeadMayComeInPieces()
    {
        TestDoor door;
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), door.serverPort());
        for (const char c : QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            socket.write(&c, 1);
            QVERIFY(QTest::qWaitFor([&] { return socket.bytesToWrite() == 0; }, deadline));
        }
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, deadline);
        QCOMPARE(socket.readAll(), QByteArray(HelloHttp::answer));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("status");
        const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\n";
        QTest::newRow("garbage") << QByteArray("\x01\x02\x03 hello") << QByteArray("400");
        QTest::newRow("garbage lines") << QByteArray("hello\r\nworld\r\n\r\n") << QByteArray("400");
        QTest::newRow("TLS") << tlsHello << QByteArray("400");
        QTest::newRow("no Host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << QByteArray("400");
        QTest::newRow("HTTP/9.9") << QByteArray("GET / HTTP/9.9\r\nHost: a\r\n\r\n") << QByteArray("505");
        QTest::newRow("chunked") << get + "Transfer-Encoding: chunked\r\n\r\n" << QByteArray("501");
        QTest::newRow("a large body") << get + "Content-Length: 70000\r\n\r\n" << QByteArray("413");
        QTest::newRow("a large head") << get + "X: " + QByteArray(limits::headBytesMax, 'x') << QByteArray("431");
        QTest::newRow("a huge head") << get + "X: " + QByteArray(4'000'000, 'x') << QByteArray("431");
        QTest::newRow("many fields") << get + QByteArray("X: y\r\n").repeated(limits::headFieldsMax) + "\r\n"
                                     << QByteArray("431");
        QTest::newRow("a WebSocket elsewhere") << QByteArray("GET /other HTTP/1.1\r\n") + TestClient::upgradeFields
                + "\r\n" << QByteArray("404");
        QTest::newRow("lone LF") << QByteArray("GET / HTTP/1.1\nHost: a\n\n") << QByteArray("400");
        QTest::newRow("expect") << get + "Expect: 100-continue\r\n\r\n" << QByteArray("417");
        QTest::newRow("no upgrade") << QByteArray("GET /ws HTTP/1.1\r\nHost: a\r\n\r\n") << QByteArray("426");
    }

    void refuses()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const QByteArray, status);
        TestDoor door;
        const auto answer = answerTo(door, request);
        QVERIFY2(answer.startsWith("HTTP/1.1 " + status + ' '), answer.left(200).constData());
        QCOMPARE(door.counters.doorRefused.load(), 1u);
        QCOMPARE(door.counters.httpRequests.load(), 0u);
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
    }

    void saysWhenThereIsNoRoom()
    {
        TestDoor door;
        door.admission = Admission::OverCapacity;
        TestClient client(door.serverPort());
        QVERIFY(!client.open());
        QVERIFY(client.head.startsWith("HTTP/1.1 503 "));
        QVERIFY(client.head.contains("\r\nRetry-After: 5\r\n"));
        QCOMPARE(door.counters.overCapacity.load(), 1u);
        QCOMPARE(door.counters.turnaways[std::size_t(Turnaway::NoRoom)].load(), 1u);
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
    }

    // Nobody stays at the door for longer than limits::headMsMax: not the silent, not the slow, not those who have
    // been refused and do not leave.
    void endsWhatTakesTooLong()
    {
        TestDoor door;
        QTcpSocket silent, slow, refused;
        for (auto *socket : {&silent, &slow, &refused})
            socket->connectToHost(QHostAddress(QHostAddress::LocalHost), door.serverPort());
        QTimer trickle;
        connect(&trickle, &QTimer::timeout, &slow, [&slow] {
            if (slow.state() == QAbstractSocket::ConnectedState)
                slow.write("x");
        });
        slow.write("GET / HTTP/1.1\r\nX: ");
        trickle.start(200);
        connect(&refused, &QTcpSocket::readyRead, &refused, [&refused] {
            if (refused.state() == QAbstractSocket::ConnectedState)
                refused.write("more");
        });
        refused.write("nonsense\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(silent.state(), QAbstractSocket::UnconnectedState, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(slow.state(), QAbstractSocket::UnconnectedState, deadline);
        QVERIFY(silent.readAll().isEmpty());
        QVERIFY(slow.readAll().startsWith("HTTP/1.1 408 "));
        QCOMPARE(door.counters.turnaways[std::size_t(Turnaway::Deadline)].load(), 2u);
        QCOMPARE(door.counters.turnaways[std::size_t(Turnaway::Request)].load(), 1u);
        QCOMPARE(door.counters.doorRefused.load(), 3u);
        QCOMPARE(door.door.waiting(), 0);
    }

    // A server behind the door sees a request when it is there as a whole, and nothing of what follows it.
    void aRequestIsServedAsAWhole()
    {
        TestDoor door;
        const QByteArray head = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), door.serverPort());
        socket.write(head + "12");
        QTRY_COMPARE_WITH_TIMEOUT(door.counters.accepted.load(), 1u, deadline);
        QTest::qWait(50);
        QCOMPARE(door.counters.httpRequests.load(), 0u);
        socket.write("345GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, deadline);
        QCOMPARE(socket.readAll(), QByteArray(HelloHttp::answer));
        QCOMPARE(door.http.seen, head + "12345");
    }

    void aBodyMustArriveInTime()
    {
        TestDoor door;
        QVERIFY(answerTo(door, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\nabc").startsWith("HTTP/1.1 408 "));
        QCOMPARE(door.counters.httpRequests.load(), 0u);
        QCOMPARE(door.counters.turnaways[std::size_t(Turnaway::Deadline)].load(), 1u);
    }

    void theLargestRequestPasses()
    {
        TestDoor door;
        const auto request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(limits::bodyBytesMax) + "\r\nX: "
            + QByteArray(limits::headBytesMax - 100, 'x') + "\r\n\r\n" + QByteArray(limits::bodyBytesMax, 'b');
        QCOMPARE(answerTo(door, request + "more"), QByteArray(HelloHttp::answer));
        QCOMPARE(door.http.seen.size(), request.size());
    }

    // QtWebSockets would lose it, and who sends it cannot know that there is a WebSocket.
    void nothingMayFollowAnUpgrade()
    {
        TestDoor door;
        const auto request = QByteArray("GET /ws HTTP/1.1\r\n") + TestClient::upgradeFields + "\r\n";
        QVERIFY(answerTo(door, request + TestClient::frame("{}", 1)).startsWith("HTTP/1.1 400 "));
        QVERIFY(door.sessions.empty());
    }

    // What arrives while the answer goes out is a second request.
    void aLateSecondRequestIsNotServed()
    {
        TestDoor door;
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), door.serverPort());
        socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        connect(&socket, &QTcpSocket::readyRead, &socket, [&socket] { socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"); });
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, deadline);
        QCOMPARE(door.counters.httpRequests.load(), 1u);
    }

    void manyComeAndGoAtOnce()
    {
        TestDoor door;
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 200; ++i) {
            auto &socket = *sockets.emplace_back(std::make_unique<QTcpSocket>());
            socket.connectToHost(QHostAddress(QHostAddress::LocalHost), door.serverPort());
            socket.write(i % 3 == 0       ? QByteArray("GET /ws HTTP/1.1\r\n") + TestClient::upgradeFields + "\r\n"
                             : i % 3 == 1 ? QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                                          : QByteArray("GET"));
        }
        QTRY_COMPARE_WITH_TIMEOUT(door.counters.httpRequests.load(), 67u, deadline);
        sockets.clear();
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
        QCOMPARE(door.door.waiting(), 0);
    }
};

QTEST_GUILESS_MAIN(TestDoorOfShard)
#include "tst_door.moc"
