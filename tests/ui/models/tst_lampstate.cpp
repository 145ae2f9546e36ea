#include "core/model/limits.h"
#include "tests/ui/fakegateway.h"
#include "ui/models/lampstate.h"

#include <QTest>

using namespace odin;

class TestLampState : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void live();
    void liveBeforeTheFirstToken();
    void upstream_data();
    void upstream();
    void saysWhatTheFeedSays();
    void saysWhenTheBrokerIsStartedAgain();
    void stale();
    void degraded_data();
    void degraded();
    void theWorstIsShown();
};

namespace {

GatewaySnapshot liveSnapshot() { return simulating(FakeGateway().next()); }

} // namespace

void TestLampState::live()
{
    QCOMPARE(lampStatus(liveSnapshot()), (LampStatus{LampState::Live, QStringLiteral("Live"), {}}));
}

void TestLampState::liveBeforeTheFirstToken()
{
    auto snapshot = liveSnapshot();
    snapshot.tokens.clear();
    QCOMPARE(lampStatus(snapshot).state, LampState::Live);
}

void TestLampState::upstream_data()
{
    QTest::addColumn<UpstreamState>("state");
    QTest::addColumn<LampState>("lamp");
    QTest::addColumn<QString>("word");
    QTest::newRow("connecting") << UpstreamState::Connecting << LampState::Connecting << QStringLiteral("connecting");
    QTest::newRow("replaying") << UpstreamState::Replaying << LampState::Connecting << QStringLiteral("catching up");
    QTest::newRow("reconnecting") << UpstreamState::Reconnecting << LampState::Down << QStringLiteral("reconnecting");
    QTest::newRow("error") << UpstreamState::Error << LampState::Down << QStringLiteral("refused");
    QTest::newRow("live") << UpstreamState::Live << LampState::Live << QStringLiteral("connected");
}

void TestLampState::upstream()
{
    QFETCH(UpstreamState, state);
    auto snapshot = liveSnapshot();
    snapshot.upstream.state = state;
    const auto lamp = lampStatus(snapshot);
    QTEST(lamp.state, "lamp");
    QTEST(upstreamWord(state), "word");
    QCOMPARE(lamp.detail.isEmpty(), lamp.state == LampState::Live); // trouble without a sentence helps nobody
}

void TestLampState::saysWhatTheFeedSays()
{
    auto snapshot = liveSnapshot();
    snapshot.upstream.state = UpstreamState::Error;
    snapshot.upstream.detail = QStringLiteral("wrong password: check --nats");
    QCOMPARE(lampStatus(snapshot).detail, snapshot.upstream.detail);
}

void TestLampState::saysWhenTheBrokerIsStartedAgain()
{
    auto snapshot = liveSnapshot();
    snapshot.brokerRestart =
        BrokerRestart{.why = QStringLiteral("nats-server was killed (signal 9); it is started again."),
                      .attempt = 3,
                      .nextTryMs = snapshot.takenMs + 4'000};
    QCOMPARE(lampStatus(snapshot).state, LampState::Live); // the feed has not felt it yet
    snapshot.upstream.state = UpstreamState::Reconnecting;
    snapshot.upstream.detail = QStringLiteral("the connection was lost");
    const auto lamp = lampStatus(snapshot);
    QCOMPARE(lamp.state, LampState::Down);
    QVERIFY2(lamp.detail.contains(QStringLiteral("signal 9")) && lamp.detail.contains(QStringLiteral("Start 3 in 4")),
             qPrintable(lamp.detail));
    snapshot.brokerRestart->nextTryMs = snapshot.takenMs - 1;
    QVERIFY(lampStatus(snapshot).detail.contains(QStringLiteral("Start 3 now")));
}

void TestLampState::stale()
{
    auto snapshot = liveSnapshot();
    snapshot.tokens.push_back(snapshot.tokens.front()); // one that is older must not matter
    snapshot.tokens.front().timestampMs = snapshot.takenMs - limits::feedQuietMsMax.count();
    snapshot.tokens.back().timestampMs = 1;
    QCOMPARE(lampStatus(snapshot).state, LampState::Live);
    snapshot.takenMs += 1;
    QCOMPARE(lampStatus(snapshot).state, LampState::Stale);
    QVERIFY(lampStatus(snapshot).detail.contains(QStringLiteral("30 s")));
}

void TestLampState::degraded_data()
{
    QTest::addColumn<bool>("draining");
    QTest::addColumn<int>("connections");
    QTest::addColumn<Durability>("durability");
    QTest::newRow("draining") << true << 0 << Durability::JetStream;
    QTest::newRow("full") << false << 1000 << Durability::JetStream;
    QTest::newRow("no JetStream") << false << 0 << Durability::None;
}

void TestLampState::degraded()
{
    QFETCH(bool, draining);
    QFETCH(int, connections);
    QFETCH(Durability, durability);
    auto snapshot = liveSnapshot();
    snapshot.draining = draining;
    snapshot.connections = connections;
    snapshot.upstream.durability = durability;
    const auto lamp = lampStatus(snapshot);
    QCOMPARE(lamp.state, LampState::Degraded);
    QVERIFY(!lamp.detail.isEmpty());
}

void TestLampState::theWorstIsShown()
{
    auto snapshot = liveSnapshot();
    snapshot.draining = true;
    snapshot.tokens.front().timestampMs = 1;
    QCOMPARE(lampStatus(snapshot).state, LampState::Stale);
    snapshot.upstream.state = UpstreamState::Reconnecting;
    QCOMPARE(lampStatus(snapshot).state, LampState::Down);
}

QTEST_GUILESS_MAIN(TestLampState)
#include "tst_lampstate.moc"
