// The front door with somebody to ask: caps, hosts, origins, balancers and tokens, on real sockets.
#include "tests/core/shard/fakeguard.h"
#include "tests/core/shard/testdoor.h"

using namespace odin;

namespace {

constexpr int deadline = 30'000;

const QByteArray get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
const QByteArray balancerLine = "PROXY TCP4 198.51.100.7 203.0.113.1 56324 443\r\n";

std::uint64_t turnedAway(const TestDoor &door, Turnaway why) { return door.counters.turnaways[std::size_t(why)].load(); }
std::uint64_t wouldTurnAway(const TestDoor &door, Turnaway why) { return door.counters.wouldTurnAway[std::size_t(why)].load(); }

// Everything the door says until it ends the connection.
QByteArray answerTo(TestDoor &door, const QByteArray &request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), door.serverPort());
    socket.write(request);
    const bool isOver = QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, deadline);
    return isOver ? socket.readAll() : QByteArray("still connected");
}

QByteArray upgrade(const QByteArray &fields = {}, const QByteArray &target = "/ws")
{
    return "GET " + target + " HTTP/1.1\r\n" + TestClient::upgradeFields + fields + "\r\n";
}

QByteArray bearer(const QByteArray &token)
{
    return "odin.bearer." + token.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

class TestDoorGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_policy = {};
        m_authority = {};
    }

    void whoIsOneTooManyIsToldAtOnce()
    {
        m_policy.atArrival = Turnaway::AddressConnections;
        TestDoor door(Guard{.door = &m_policy});
        const auto answer = answerTo(door, {}); // not a word of it
        QVERIFY2(answer.startsWith("HTTP/1.1 429 "), answer.constData());
        QVERIFY(answer.contains("\r\nRetry-After: 5\r\n"));
        QCOMPARE(turnedAway(door, Turnaway::AddressConnections), 1u);
        QCOMPARE(door.counters.doorRefused.load(), 1u);
        QTRY_COMPARE_WITH_TIMEOUT(m_policy.present[QStringLiteral("127.0.0.1")], 0, deadline);
        QCOMPARE(m_policy.arrivals, 1);
    }

    void everyConnectionLeavesOnce()
    {
        TestDoor door(Guard{.door = &m_policy});
        answerTo(door, get);
        answerTo(door, "nonsense\r\n\r\n");
        auto &present = m_policy.present[QStringLiteral("127.0.0.1")];
        QTRY_COMPARE_WITH_TIMEOUT(present, 0, deadline);
        TestClient client(door.serverPort());
        QVERIFY(client.open());
        QCOMPARE(present, 1);
        client.socket.abort();
        QTRY_COMPARE_WITH_TIMEOUT(present, 0, deadline);
        QCOMPARE(m_policy.arrivals, 3);
    }

    void hostsAndOrigins_data()
    {
        QTest::addColumn<Turnaway>("why");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("host") << Turnaway::Host << QByteArray("421");
        QTest::newRow("origin") << Turnaway::Origin << QByteArray("403");
    }

    void hostsAndOrigins()
    {
        QFETCH(const Turnaway, why);
        QFETCH(const QByteArray, status);
        m_policy.atHead = why;
        TestDoor door(Guard{.door = &m_policy});
        for (const auto &request : {get, upgrade()})
            QVERIFY(answerTo(door, request).startsWith("HTTP/1.1 " + status + ' '));
        QCOMPARE(turnedAway(door, why), 2u);
        QCOMPARE(door.counters.httpRequests.load(), 0u);
        QVERIFY(door.sessions.empty());
    }

    void aDryRunOnlyCounts()
    {
        m_policy.dryRun = true;
        m_policy.atArrival = Turnaway::AddressRate;
        m_policy.atHead = Turnaway::Origin;
        m_policy.atLogin = Turnaway::FailedLogins;
        m_policy.atUser = Turnaway::UserConnections;
        m_policy.atUnknown = Turnaway::Unknowns;
        TestDoor door(Guard{.tokens = &m_authority, .door = &m_policy});
        TestClient unknown(door.serverPort());
        QVERIFY(unknown.open());
        QVERIFY(answerTo(door, get).startsWith("HTTP/1.1 200 "));
        QTcpSocket known;
        known.connectToHost(QHostAddress(QHostAddress::LocalHost), door.serverPort());
        known.write(upgrade("Authorization: Bearer alice\r\n"));
        QTRY_COMPARE_WITH_TIMEOUT(door.sessions.size(), 2u, deadline);
        QCOMPARE(door.counters.doorRefused.load(), 0u);
        for (const auto &[why, times] : {std::pair(Turnaway::AddressRate, 3u), {Turnaway::Origin, 3u}, {Turnaway::FailedLogins, 1u},
                                        {Turnaway::UserConnections, 1u}, {Turnaway::Unknowns, 1u}}) {
            QCOMPARE(wouldTurnAway(door, why), times);
            QCOMPARE(turnedAway(door, why), 0u);
        }
        // What is wrong stays wrong.
        QVERIFY(answerTo(door, upgrade("Authorization: Bearer eve\r\n")).startsWith("HTTP/1.1 401 "));
        QVERIFY(answerTo(door, "nonsense\r\n\r\n").startsWith("HTTP/1.1 400 "));
        QCOMPARE(turnedAway(door, Turnaway::WrongToken), 1u);
        QCOMPARE(turnedAway(door, Turnaway::Request), 1u);
    }

    void aBalancerSpeaksForAnother_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("port"); // 0: its own
        const QByteArray sign("\r\n\r\n\0\r\nQUIT\n", 12);
        const auto ip4 = QByteArray::fromHex("c6336407cb007101dc0401bb");
        const auto ip6 = QByteArray::fromHex("20010db800010002000000000000000320010db8000000000000000000000001dc0401bb");
        QTest::newRow("version 1") << balancerLine << QStringLiteral("198.51.100.7") << 56324;
        QTest::newRow("version 2") << sign + QByteArray::fromHex("2111000c") + ip4 << QStringLiteral("198.51.100.7") << 56324;
        QTest::newRow("version 2, IPv6 and TLVs") << sign + QByteArray::fromHex("21210029") + ip6 + QByteArray::fromHex("0300020101")
                                                  << QStringLiteral("2001:db8:1:2::3") << 56324;
        QTest::newRow("unknown") << QByteArray("PROXY UNKNOWN\r\n") << QStringLiteral("127.0.0.1") << 0;
        QTest::newRow("local") << sign + QByteArray("\x20\x00\x00\x00", 4) << QStringLiteral("127.0.0.1") << 0;
    }

    void aBalancerSpeaksForAnother()
    {
        QFETCH(const QByteArray, header);
        QFETCH(const QString, address);
        QFETCH(const int, port);
        m_policy.balancer = true;
        TestDoor door(Guard{.door = &m_policy});
        QVERIFY(answerTo(door, header + get).endsWith("hello"));
        TestClient client(door.serverPort());
        for (const char c : header) { // in pieces
            client.socket.write(&c, 1);
            QVERIFY(QTest::qWaitFor([&] { return client.socket.bytesToWrite() == 0; }, deadline));
        }
        QVERIFY(client.open());
        QCOMPARE(door.newest.address.toString(), address);
        QCOMPARE(int(door.newest.port), port > 0 ? port : int(client.socket.localPort()));
        QCOMPARE(m_policy.present[address], 1);
        client.socket.abort();
        QTRY_COMPARE_WITH_TIMEOUT(m_policy.present[address], 0, deadline);
        QCOMPARE(door.counters.doorRefused.load(), 0u);
    }

    void whoeverIsBehindABalancerHasCapsOfItsOwn()
    {
        m_policy.balancer = true;
        m_policy.atArrival = Turnaway::AddressRate;
        TestDoor door(Guard{.door = &m_policy});
        QVERIFY(answerTo(door, balancerLine).startsWith("HTTP/1.1 429 "));
        QCOMPARE(m_policy.present.count(QStringLiteral("198.51.100.7")), 1u);
        QCOMPARE(m_policy.present.count(QStringLiteral("127.0.0.1")), 0u);
    }

    void aBalancerMustSaySo_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a request") << get;
        QTest::newRow("a bad header") << QByteArray("PROXY TCP4 x y 1 2\r\n") + get;
        QTest::newRow("an endless one") << QByteArray("PROXY TCP4 ") + QByteArray(5000, '1');
        QTest::newRow("TLS") << QByteArray::fromHex("1603010200010001fc0303");
        QTest::newRow("nothing") << QByteArray(); // for limits::headMsMax
        QTest::newRow("half a header") << QByteArray("PROXY TCP4 198.51");
    }

    void aBalancerMustSaySo()
    {
        QFETCH(const QByteArray, bytes);
        m_policy.balancer = true;
        TestDoor door(Guard{.door = &m_policy});
        QCOMPARE(answerTo(door, bytes), QByteArray());
        QCOMPARE(turnedAway(door, Turnaway::BalancerHeader), 1u);
        QCOMPARE(door.counters.doorRefused.load(), 1u);
        QCOMPARE(m_policy.arrivals, 0);
        QTRY_COMPARE_WITH_TIMEOUT(door.census.connections.load(), 0, deadline);
    }

    void nobodyElseMay()
    {
        TestDoor door(Guard{.door = &m_policy});
        QVERIFY(answerTo(door, balancerLine + get).startsWith("HTTP/1.1 400 "));
        QVERIFY(answerTo(door, QByteArray("\r\n\r\n\0\r\nQUIT\n\x20\0\0\0", 16) + get).startsWith("HTTP/1.1 400 "));
        QCOMPARE(m_policy.present.count(QStringLiteral("198.51.100.7")), 0u);
    }

    void oneHeaderOnly()
    {
        m_policy.balancer = true;
        TestDoor door(Guard{.door = &m_policy});
        QVERIFY(answerTo(door, balancerLine + balancerLine + get).startsWith("HTTP/1.1 400 "));
    }

    void aTokenSaysWhoItIs_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("echoed"); // the subprotocol
        const QByteArray list = "Sec-WebSocket-Protocol: ";
        QTest::newRow("Authorization") << QByteArray("Authorization: Bearer alice\r\n") << false;
        QTest::newRow("a subprotocol") << list + "odin.v1.json, " + bearer("alice") + "\r\n" << true;
        QTest::newRow("a subprotocol in front") << list + bearer("alice") + ", odin.v1.json\r\n" << true;
        QTest::newRow("a subprotocol alone") << list + bearer("alice") + "\r\n" << false;
    }

    void aTokenSaysWhoItIs()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const bool, echoed);
        TestDoor door(Guard{.tokens = &m_authority, .door = &m_policy});
        TestClient client(door.serverPort());
        client.socket.write(upgrade(fields));
        QTRY_VERIFY_WITH_TIMEOUT(client.isOpen, deadline);
        QVERIFY(door.newest.identity);
        QCOMPARE(door.newest.identity->subject, QByteArray("alice"));
        QVERIFY(!door.newest.unknown);
        QCOMPARE(m_policy.users["alice"], 1);
        QCOMPARE(m_policy.unknowns, 0);
        QCOMPARE(door.counters.tokensAccepted.load(), 1u);
        QCOMPARE(client.head.contains("\r\nSec-WebSocket-Protocol: odin.v1.json\r\n"), echoed);
        QVERIFY(!client.head.contains("odin.bearer"));
        door.newest = {};
        door.sessions.clear(); // it keeps the ticket
        QCOMPARE(m_policy.users["alice"], 0);
    }

    void aWrongTokenIsRefused_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::newRow("Authorization") << QByteArray("Authorization: Bearer eve\r\n");
        QTest::newRow("no token behind Bearer") << QByteArray("Authorization: Bearer\r\n");
        QTest::newRow("a subprotocol") << "Sec-WebSocket-Protocol: odin.v1.json, " + bearer("eve") + "\r\n";
        QTest::newRow("an unreadable subprotocol") << QByteArray("Sec-WebSocket-Protocol: odin.v1.json, odin.bearer.%%%\r\n");
        QTest::newRow("another behind it") << "Authorization: Bearer eve\r\nSec-WebSocket-Protocol: " + bearer("alice") + "\r\n";
    }

    void aWrongTokenIsRefused()
    {
        QFETCH(const QByteArray, fields);
        for (const bool required : {true, false}) {
            m_authority.required = required;
            TestDoor door(Guard{.tokens = &m_authority, .door = &m_policy});
            const auto answer = answerTo(door, upgrade(fields));
            QVERIFY2(answer.startsWith("HTTP/1.1 401 "), answer.constData());
            QVERIFY(answer.contains("\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n"));
            QCOMPARE(door.counters.tokenFaults[std::size_t(TokenFault::Signature)].load(), 1u);
            QCOMPARE(turnedAway(door, Turnaway::WrongToken), 1u);
            QVERIFY(door.sessions.empty());
        }
        QCOMPARE(m_policy.failures, (QList{QStringLiteral("127.0.0.1"), QStringLiteral("127.0.0.1")}));
    }

    void afterTooManyFailuresNoTokenIsLookedAt()
    {
        m_policy.atLogin = Turnaway::FailedLogins;
        TestDoor door(Guard{.tokens = &m_authority, .door = &m_policy});
        const auto answer = answerTo(door, upgrade("Authorization: Bearer alice\r\n"));
        QVERIFY(answer.startsWith("HTTP/1.1 429 "));
        QVERIFY(answer.contains("\r\nRetry-After: 60\r\n"));
        QCOMPARE(door.counters.tokensAccepted.load(), 0u);
    }

    void aUserHasAPlaceOrNone()
    {
        m_policy.atUser = Turnaway::UserConnections;
        TestDoor door(Guard{.tokens = &m_authority, .door = &m_policy});
        QVERIFY(answerTo(door, upgrade("Authorization: Bearer alice\r\n")).startsWith("HTTP/1.1 429 "));
        QTRY_COMPARE_WITH_TIMEOUT(m_policy.users["alice"], 0, deadline); // what it took it gave back
        QCOMPARE(turnedAway(door, Turnaway::UserConnections), 1u);
    }

    void whoShowsNoTokenComesInAsUnknown()
    {
        TestDoor door(Guard{.tokens = &m_authority, .door = &m_policy});
        TestClient client(door.serverPort());
        QVERIFY(client.open("?access_token=alice")); // which nobody looks at
        QVERIFY(!door.newest.identity);
        QCOMPARE(m_policy.unknowns, 1);
        QVERIFY(door.newest.unknown);
        door.newest.unknown.reset();
        door.session().guest.unknown.reset(); // as it does when it has authenticated
        QCOMPARE(m_policy.unknowns, 0);
    }

    void tooManyUnknowns()
    {
        m_policy.atUnknown = Turnaway::Unknowns;
        TestDoor door(Guard{.tokens = &m_authority, .door = &m_policy});
        QVERIFY(answerTo(door, upgrade()).startsWith("HTTP/1.1 503 "));
        QTRY_COMPARE_WITH_TIMEOUT(m_policy.unknowns, 0, deadline);
        QCOMPARE(turnedAway(door, Turnaway::Unknowns), 1u);
        QCOMPARE(door.counters.overCapacity.load(), 1u);
    }

    void whereNoneIsNeededNobodyIsUnknown()
    {
        m_authority.required = false;
        TestDoor door(Guard{.tokens = &m_authority, .door = &m_policy});
        TestClient client(door.serverPort());
        QVERIFY(client.open());
        QVERIFY(!door.newest.identity && !door.newest.unknown);
        QCOMPARE(m_policy.unknowns, 0);
    }

    void theQueryIsSwitchedOn()
    {
        m_authority.inQuery = true;
        TestDoor door(Guard{.tokens = &m_authority, .door = &m_policy});
        TestClient client(door.serverPort());
        QVERIFY(client.open("?access_token=alice&tokens=BTC"));
        QCOMPARE(door.newest.identity->subject, QByteArray("alice"));
    }

    void pagesNeedNoToken()
    {
        TestDoor door(Guard{.tokens = &m_authority, .door = &m_policy});
        QVERIFY(answerTo(door, get).endsWith("hello"));
    }

    // A session that gets another token: at the cap, it keeps the place that it has.
    void aRenewedTokenTakesNoSecondPlace()
    {
        ShardCounters counters;
        Checkpoint checkpoint(Guard{.tokens = &m_authority, .door = &m_policy}, counters);
        Guest guest;
        QVERIFY(!checkpoint.logIn("alice", guest));
        m_policy.atUser = Turnaway::UserConnections;
        QVERIFY(!checkpoint.logIn("alice", guest));
        QCOMPARE(m_policy.users["alice"], 1);
        QCOMPARE(checkpoint.logIn("eve", guest), Turnaway::WrongToken);
        QCOMPARE(guest.identity->subject, QByteArray("alice"));
        QCOMPARE(checkpoint.logIn("bob", guest), Turnaway::UserConnections);
    }

private:
    FakePolicy m_policy;
    FakeAuthority m_authority;
};

QTEST_GUILESS_MAIN(TestDoorGuard)
#include "tst_doorguard.moc"
