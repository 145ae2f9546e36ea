// What the hub's judgement of silence rests on: how the feed tells that time passes, on a real bus with and without
// JetStream; and the stages that the feed measures.
#include "core/feed/connection.h"
#include "core/feed/feed.h"
#include "core/feed/publisher.h"
#include "tests/support/payloads.h"
#include "tests/support/recordingsinks.h"
#include "tests/support/testbroker.h"

#include <QTest>

using namespace odin;
using std::chrono::steady_clock;

Q_DECLARE_METATYPE(TestBroker::Kind)

namespace {

constexpr int deadlineMs = 30'000;

} // namespace

class TestFeedTicks : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestBroker> m_broker;
    std::unique_ptr<RecordingSinks> m_sinks;
    std::unique_ptr<Feed> m_feed;

    void startFeed()
    {
        m_sinks = std::make_unique<RecordingSinks>();
        m_feed = std::make_unique<Feed>(FeedConfig{.urls = {m_broker->url()}}, *m_sinks, *m_sinks);
        m_feed->start();
    }

    bool startAll(TestBroker::Kind kind)
    {
        m_broker = std::make_unique<TestBroker>(kind);
        if (!m_broker->start())
            return false;
        startFeed();
        return waitFor(UpstreamState::Live);
    }

    bool waitFor(UpstreamState state)
    {
        return QTest::qWaitFor([&] { return m_sinks->is(state); }, deadlineMs);
    }

    /// The feed says that it has everything that was published until now.
    bool ticksReachNow()
    {
        const auto now = steady_clock::now();
        return QTest::qWaitFor([&] { return m_sinks->completeUpTo() >= now; }, deadlineMs);
    }

    bool publish(Publisher &publisher, const QByteArray &id, qint64 timestampMs = wallMs())
    {
        return publisher.publish(priceSubject("BTC"), priceJson("BTC", 1, id, timestampMs), id).ok();
    }

private Q_SLOTS:
    void timePassesOnAQuietBus_data()
    {
        QTest::addColumn<TestBroker::Kind>("kind");
        QTest::newRow("JetStream") << TestBroker::Kind::JetStream;
        QTest::newRow("plain") << TestBroker::Kind::Plain;
    }

    void cleanup()
    {
        m_feed.reset();
        m_sinks.reset();
        m_broker.reset();
    }

    void timePassesOnAQuietBus()
    {
        QFETCH(const TestBroker::Kind, kind);
        QVERIFY(startAll(kind));
        QVERIFY(m_sinks->catchUps() >= 1);
        QVERIFY(ticksReachNow());
        QVERIFY(ticksReachNow());
    }

    void timePassesOnABusyBus_data() { timePassesOnAQuietBus_data(); }

    void timePassesOnABusyBus()
    {
        QFETCH(const TestBroker::Kind, kind);
        QVERIFY(startAll(kind));
        Publisher publisher({m_broker->url()});
        for (int n = 0; n < 3; ++n) {
            const auto before = steady_clock::now();
            QVERIFY(publish(publisher, QByteArray::number(n)));
            QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), std::size_t(n + 1), deadlineMs);
            QTRY_VERIFY_WITH_TIMEOUT(m_sinks->completeUpTo() >= before, deadlineMs);
        }
    }

    // A bus that does not answer may have anything: nobody's silence may be judged by that time.
    void noTimePassesOnAFrozenBus_data() { timePassesOnAQuietBus_data(); }

    void noTimePassesOnAFrozenBus()
    {
        QFETCH(const TestBroker::Kind, kind);
        QVERIFY(startAll(kind));
        QVERIFY(ticksReachNow());
        m_broker->freeze();
        const auto frozen = steady_clock::now();
        QVERIFY(waitFor(UpstreamState::Reconnecting));
        QVERIFY(m_sinks->completeUpTo() <= frozen);
        m_broker->cont();
        QVERIFY(waitFor(UpstreamState::Live));
        QVERIFY(m_sinks->catchUps() >= 2);
        QVERIFY(ticksReachNow());
    }

    // The past that is read at start is neither late nor slow: it is not measured.
    void measuresLiveUpdatesOnly()
    {
        m_broker = std::make_unique<TestBroker>(TestBroker::Kind::JetStream);
        QVERIFY(m_broker->start());
        startFeed(); // makes the stream
        QVERIFY(waitFor(UpstreamState::Live));
        Publisher publisher({m_broker->url()});
        QVERIFY(publish(publisher, "past"));
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 1u, deadlineMs);
        m_feed.reset();

        startFeed();
        QVERIFY(waitFor(UpstreamState::Live));
        QCOMPARE(m_sinks->count(), 1u);
        QCOMPARE(m_feed->counters().publishToStore.snapshot().count(), 0u);
        QCOMPARE(m_feed->counters().storeToFeed.snapshot().count(), 0u);
        QVERIFY(publish(publisher, "held up", wallMs() - 3'600'000)); // at the publisher's
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 2u, deadlineMs);
        const auto held = m_feed->counters().publishToStore.snapshot();
        QCOMPARE(held.count(), 1u);
        QVERIFY(held.percentile(50) >= std::chrono::minutes(55) && held.percentile(50) < std::chrono::minutes(75));
        const auto received = m_feed->counters().storeToFeed.snapshot();
        QCOMPARE(received.count(), 1u);
        QVERIFY(received.max() < std::chrono::minutes(1));
        QVERIFY(publish(publisher, "ahead", wallMs() + 20'000)); // a clock that is ahead: no time, not 2^64 us
        QTRY_COMPARE_WITH_TIMEOUT(m_feed->counters().publishToStore.snapshot().count(), 2u, deadlineMs);
        QVERIFY(m_feed->counters().publishToStore.snapshot().percentile(50) < std::chrono::seconds(1));
    }
};

QTEST_GUILESS_MAIN(TestFeedTicks)
#include "tst_feedticks.moc"
