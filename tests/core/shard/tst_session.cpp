// Writing past QtWebSockets straight to the socket: whatever the kernel takes of it, the stream stays whole and in
// order.
#include "tests/core/shard/testdoor.h"
#include "tests/core/shard/testframes.h"

#include <random>

#include <sys/socket.h>

using namespace odin;

namespace {

constexpr int deadline = 30'000;

// A session and its client, connected.
struct Pair
{
    TestDoor door;
    TestClient client{door.serverPort()};
    bool isOpen = client.open();

    Session &session() { return door.session(); }
    Session::Write write(Seq seq, qsizetype padding = 0)
    {
        return session().write(priceFrame("BTC", seq, 0, padding)->bytes);
    }

    /// Writes until it does not go through directly any more; gives the last number.
    Seq fillUntil(Session::Write outcome)
    {
        for (Seq seq = 1; seq < 10'000; ++seq) {
            if (write(seq, 10'000) == outcome)
                return seq;
        }
        return 0;
    }

    bool gotAllUpTo(Seq seq) const
    {
        if (client.broken || client.messages.size() != seq)
            return false;
        for (Seq i = 0; i < seq; ++i) {
            if (client.messages[i].value(QLatin1String("seq")).toInteger() != i + 1)
                return false;
        }
        return true;
    }
};

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void writesDirectly()
    {
        Pair pair;
        QVERIFY(pair.isOpen);
        for (Seq seq = 1; seq <= 20; ++seq)
            QCOMPARE(pair.write(seq), Session::Write::Direct);
        QCOMPARE(pair.session().backlogBytes(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(pair.gotAllUpTo(20), deadline);
    }

    void queuesBehindABacklog()
    {
        Pair pair;
        QVERIFY(pair.isOpen);
        pair.client.pause();
        const Seq last = pair.fillUntil(Session::Write::Queued);
        QVERIFY(last > 1);
        QVERIFY(pair.session().backlogBytes() > 0);
        QCOMPARE(pair.write(last + 1), Session::Write::Queued);
        pair.client.resume();
        QTRY_VERIFY_WITH_TIMEOUT(pair.gotAllUpTo(last + 1), deadline);
        QTRY_COMPARE_WITH_TIMEOUT(pair.session().backlogBytes(), 0, deadline);
        QCOMPARE(pair.write(last + 2), Session::Write::Direct);
    }

    void aPausedClientCostsNoMoreThanItsMark()
    {
        Pair pair;
        QVERIFY(pair.isOpen);
        pair.client.pause();
        constexpr qsizetype padding = 10'000;
        int held = 0;
        for (Seq seq = 1; seq <= 3000; ++seq) {
            const std::vector<FramePtr> frames{priceFrame("BTC", seq, seq - 1, padding)};
            held += pair.session().deliver(frames[0]->bytes, frames) == Session::Write::Held;
            QVERIFY(pair.session().backlogBytes() < qint64(limits::backlogHighBytes) + 2 * padding);
            QCoreApplication::processEvents();
        }
        QVERIFY(held > 2000); // of 30 MB
        QVERIFY(pair.session().isThinning());
        QCOMPARE(pair.session().takeConflated(), std::uint64_t(held - 1)); // one waits, it stands for all
        QVERIFY(pair.session().takeHeld(std::chrono::steady_clock::now()).frames.empty()); // no room yet
    }

    void isTooSlowWhenItIsNotDrainedForLong()
    {
        Pair pair;
        QVERIFY(pair.isOpen);
        pair.client.pause();
        QVERIFY(pair.fillUntil(Session::Write::Queued) > 1);
        while (pair.session().isDrained())
            QCOMPARE(pair.write(1, 10'000), Session::Write::Queued);
        const auto now = std::chrono::steady_clock::now();
        QVERIFY(!pair.session().isTooSlow(now));
        QVERIFY(!pair.session().isTooSlow(now + limits::backlogMsMax));
        QVERIFY(pair.session().isTooSlow(now + limits::backlogMsMax + std::chrono::milliseconds(1)));
        pair.session().noteDrained();
        QVERIFY(!pair.session().isTooSlow(now + limits::backlogMsMax + std::chrono::milliseconds(2)));
    }

    void takesNoMoreThanTheLimit()
    {
        Pair pair;
        QVERIFY(pair.isOpen);
        pair.client.pause();
        const Seq refused = pair.fillUntil(Session::Write::TooSlow);
        QVERIFY(refused > 1);
        const auto backlog = pair.session().backlogBytes();
        QVERIFY(backlog <= qint64(limits::backlogBytesMax));
        QVERIFY(backlog > qint64(limits::backlogBytesMax) - 11'000);
        QCOMPARE(pair.write(refused, 10'000), Session::Write::TooSlow);
        QCOMPARE(pair.session().backlogBytes(), backlog);
        pair.client.resume();
        QTRY_VERIFY_WITH_TIMEOUT(pair.gotAllUpTo(refused - 1), deadline); // what was taken is not lost
    }

    // A snapshot of thousands of tokens is larger than what a slow client may have waiting.
    void takesOneReplyOfAnySize()
    {
        Pair pair;
        QVERIFY(pair.isOpen);
        pair.client.pause();
        const auto reply =
            "{\"type\":\"price:snapshot\",\"pad\":\"" + QByteArray(3 * limits::backlogBytesMax, 'x') + "\"}";
        QCOMPARE(pair.session().sendText(R"({"type":"subscribed"})"), Session::Write::Direct);
        QCOMPARE(pair.session().sendText(reply), Session::Write::Queued);
        QVERIFY(!pair.session().isTooSlow(std::chrono::steady_clock::now()));
        QCOMPARE(pair.write(1, 10'000), Session::Write::Queued);
        QCOMPARE(pair.session().sendText(reply), Session::Write::TooSlow);
        QCOMPARE(pair.fillUntil(Session::Write::TooSlow) > 1, true);
        pair.client.resume();
        QTRY_COMPARE_WITH_TIMEOUT(pair.client.count("price:snapshot"), 1, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(pair.session().backlogBytes(), 0, deadline);
        QVERIFY(!pair.client.broken);
    }

    void anyPartialWriteKeepsTheStreamWhole_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 6; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void anyPartialWriteKeepsTheStreamWhole()
    {
        QFETCH(const unsigned, seed);
        std::mt19937 random(seed);
        Pair pair;
        QVERIFY(pair.isOpen);
        const int smallest = 1; // that the kernel has
        ::setsockopt(int(pair.door.tcp->socketDescriptor()), SOL_SOCKET, SO_SNDBUF, &smallest, sizeof smallest);
        Seq sent = 0;
        int queued = 0;
        for (int step = 0; step < 400; ++step) {
            switch (random() % 4) {
            case 0: pair.client.pause(); break;
            case 1: pair.client.resume(); break;
            case 2: pair.client.send("x", 9); break; // QtWebSockets answers through the same socket
            default: QCoreApplication::processEvents();
            }
            const auto outcome = pair.write(sent + 1, qsizetype(random() % 6000));
            QVERIFY(outcome == Session::Write::Direct || outcome == Session::Write::Queued
                    || outcome == Session::Write::TooSlow);
            sent += outcome != Session::Write::TooSlow;
            queued += outcome == Session::Write::Queued;
        }
        QVERIFY(queued > 0);
        pair.client.resume();
        QTRY_VERIFY2_WITH_TIMEOUT(pair.gotAllUpTo(sent), pair.client.broken ? "the stream is broken" : "late",
                                  deadline);
        QVERIFY(!pair.client.pongs.isEmpty());
    }

    void aCloseComesAfterWhatWaits()
    {
        Pair pair;
        QVERIFY(pair.isOpen);
        pair.client.pause();
        const Seq last = pair.fillUntil(Session::Write::Queued);
        pair.client.send("marco", 9);
        QTest::qWait(50); // the pong may or may not be among what waits
        pair.session().close(CloseReason::Shutdown);
        QCOMPARE(pair.write(last + 1), Session::Write::Broken);
        pair.client.resume();
        QTRY_COMPARE_WITH_TIMEOUT(pair.client.closeCode, 4200, deadline);
        QVERIFY(pair.gotAllUpTo(last));
        QTRY_VERIFY_WITH_TIMEOUT(pair.client.isGone(), deadline);
    }

    void closesOnceOnly()
    {
        Pair pair;
        QVERIFY(pair.isOpen);
        pair.session().close(CloseReason::TooManyErrors);
        pair.session().close(CloseReason::Shutdown);
        QTRY_VERIFY_WITH_TIMEOUT(pair.client.isGone(), deadline);
        QCOMPARE(pair.client.closeCode, 4009);
        QVERIFY(!pair.client.broken);
    }

    void aPeerThatLeftIsBroken()
    {
        Pair pair;
        QVERIFY(pair.isOpen);
        pair.client.socket.abort();
        QTRY_COMPARE_WITH_TIMEOUT(pair.write(1), Session::Write::Broken, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(pair.door.census.connections.load(), 0, deadline);
        QCOMPARE(pair.write(2), Session::Write::Broken); // its socket is deleted by now
    }

    // The socket still sends what waits and takes no more.
    void aPeerThatSaidGoodbyeIsBroken()
    {
        Pair pair;
        QVERIFY(pair.isOpen);
        pair.client.pause();
        const Seq last = pair.fillUntil(Session::Write::Queued);
        pair.client.send(QByteArray("\x03\xe8", 2), 8);
        QTRY_VERIFY_WITH_TIMEOUT(!pair.door.tcp || pair.door.tcp->state() != QAbstractSocket::ConnectedState, deadline);
        QCOMPARE(pair.write(last + 1), Session::Write::Broken);
    }

    void pingsMeasureTheRoundTrip()
    {
        Pair pair;
        QVERIFY(pair.isOpen);
        auto &session = pair.session();
        connect(session.webSocket(), &QWebSocket::pong, session.webSocket(), [&session] { session.pongReceived(); });
        QVERIFY(!session.pongReceived()); // nobody asked
        QCOMPARE(session.roundTripMs(), 0.0);
        session.sendPing();
        session.sendPing();
        QCOMPARE(session.pingsUnanswered(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(session.pingsUnanswered(), 0, deadline);
        QVERIFY(session.roundTripMs() > 0);
        QVERIFY(session.roundTrip().count() > 0);
        QTRY_COMPARE_WITH_TIMEOUT(pair.client.pings, 2, deadline);
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
