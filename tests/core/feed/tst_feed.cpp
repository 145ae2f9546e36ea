#include "core/feed/feed.h"

#include "core/feed/connection.h"
#include "core/feed/publisher.h"
#include "core/feed/stream.h"
#include "tests/support/payloads.h"
#include "tests/support/recordingsinks.h"
#include "tests/support/testbroker.h"

#include <QTest>

#include <set>

using namespace odin;
using namespace std::chrono_literals;

namespace {

constexpr int deadlineMs = 20'000;

std::vector<Seq> seqsOf(const std::vector<StreamMessage> &messages)
{
    std::vector<Seq> seqs;
    for (const StreamMessage &message : messages)
        seqs.push_back(message.seq);
    return seqs;
}

} // namespace

class TestFeed : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestBroker> m_broker;
    std::unique_ptr<RecordingSinks> m_sinks;
    std::unique_ptr<Publisher> m_publisher;
    std::unique_ptr<Feed> m_feed;
    int m_lastId = 0;

    void makeFeed(std::chrono::milliseconds replay = limits::ringMsMax)
    {
        FeedConfig config;
        config.urls = {m_broker->url()};
        config.replay = replay;
        m_feed = std::make_unique<Feed>(config, *m_sinks, *m_sinks);
    }
    bool startFeed()
    {
        if (!m_feed)
            makeFeed();
        m_feed->start();
        return QTest::qWaitFor([this] { return m_sinks->is(UpstreamState::Live); }, deadlineMs);
    }
    Seq publish(const QByteArray &subject, const QByteArray &payload)
    {
        const auto result = m_publisher->publish(subject, payload, QByteArray::number(++m_lastId));
        if (!result)
            qWarning() << result.error().text;
        return result ? result.value() : -1;
    }
    std::uint64_t refused(Refusal reason) const { return m_feed->counters().refused[std::size_t(reason)]; }
    bool makeStream(int64_t storage, std::vector<const char *> subjects)
    {
        Connection connection({m_broker->url()}, "test", limits::busConnectMsMax);
        jsStreamConfig config;
        jsStreamConfig_Init(&config);
        config.Name = "ODIN";
        config.Subjects = subjects.data();
        config.SubjectsLen = int(subjects.size());
        config.Storage = jsStorageType(storage);
        return js_AddStream(nullptr, connection.jetStream(), &config, nullptr, nullptr) == NATS_OK;
    }

private Q_SLOTS:
    void init()
    {
        m_broker = std::make_unique<TestBroker>();
        QVERIFY(m_broker->start());
        m_sinks = std::make_unique<RecordingSinks>();
        m_publisher = std::make_unique<Publisher>(QStringList{m_broker->url()});
    }

    void cleanup()
    {
        m_feed.reset();
        m_publisher.reset();
        m_sinks.reset();
        m_broker.reset();
    }

    void everyKindArrives()
    {
        QVERIFY(startFeed());
        const QByteArray price = priceJson("BTC", 101.5);
        QCOMPARE(publish(priceSubject("BTC"), price), 1);
        QCOMPARE(publish(volumeSubject("BTC"), volumeJson("BTC")), 2);
        QCOMPARE(publish(batchSubject, batchJson("ETH", "SOL")), 3);
        QCOMPARE(publish(marketSubject, marketJson()), 4);
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 4u, deadlineMs);

        const auto messages = m_sinks->messages();
        QCOMPARE(seqsOf(messages), (std::vector<Seq>{1, 2, 3, 4}));
        QCOMPARE(messages[0].updates.size(), 1u);
        QCOMPARE(messages[0].updates[0].json, price);
        QCOMPARE(messages[0].updates[0].token, "BTC");
        QCOMPARE(messages[1].updates[0].channel, Channel::Volume);
        QCOMPARE(messages[2].updates.size(), 2u);
        QCOMPARE(messages[2].updates[1].token, "SOL");
        QCOMPARE(messages[3].updates[0].channel, Channel::Market);
        for (const StreamMessage &message : messages) {
            QCOMPARE(message.origin, Origin::Live);
            QVERIFY(qAbs(message.storedMs - wallMs()) < 3'600'000);
            QVERIFY(message.received.time_since_epoch().count() > 0);
        }
        QCOMPARE(m_feed->counters().messages, 4u);
        QCOMPARE(m_feed->counters().updates, 5u);
        QCOMPARE(m_feed->counters().replayed, 0u);
    }

    void refusedIsCountedByReasonAndNotForwarded()
    {
        QVERIFY(makeStream(js_FileStorage, {"odin.>"}));
        QVERIFY(startFeed());
        publish("odin.system.health", "{}");
        publish(priceSubject("BTC"), "not json");
        publish(priceSubject("BTC"), priceJson("ETH", 1));
        publish(priceSubject("BTC"), priceJson("BTC", -1));
        publish(priceSubject("BTC"), priceJson("BTC", 1, "n", wallMs() + 3'600'000));
        QVERIFY(publish(priceSubject("BTC"), priceJson("BTC", 7)) > 0);
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 1u, deadlineMs);
        QCOMPARE(m_sinks->messages()[0].seq, 6);
        QCOMPARE(refused(Refusal::UnknownSubject), 1u);
        QCOMPARE(refused(Refusal::NotJson), 1u);
        QCOMPARE(refused(Refusal::TokenMismatch), 1u);
        QCOMPARE(refused(Refusal::BadPrice), 1u);
        QCOMPARE(refused(Refusal::FutureTime), 1u);
    }

    void statesLeadToLiveWithAnEpoch()
    {
        QVERIFY(startFeed());
        const auto states = m_sinks->states();
        QCOMPARE(states.front().state, UpstreamState::Connecting);
        QCOMPARE(states[states.size() - 2].state, UpstreamState::Replaying);
        QCOMPARE(states.back().durability, Durability::JetStream);
        QVERIFY(!states.back().epoch.isEmpty());
        QVERIFY(states.back().detail.isEmpty());
        for (const UpstreamStatus &status : states)
            QVERIFY(!status.url.contains(QLatin1String("secret")));
    }

    void twoGatewaysSeeTheSameEpochAndSequences()
    {
        QVERIFY(startFeed());
        RecordingSinks otherSinks;
        Feed other({{m_broker->url()}}, otherSinks, otherSinks);
        other.start();
        QTRY_VERIFY_WITH_TIMEOUT(otherSinks.is(UpstreamState::Live), deadlineMs);
        QCOMPARE(otherSinks.status().epoch, m_sinks->status().epoch);
        for (int i = 0; i < 50; ++i)
            publish(priceSubject(i % 2 ? "A" : "B"), priceJson(i % 2 ? "A" : "B", i));
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 50u, deadlineMs);
        QTRY_COMPARE_WITH_TIMEOUT(otherSinks.count(), 50u, deadlineMs);
        QCOMPARE(seqsOf(otherSinks.messages()), seqsOf(m_sinks->messages()));
    }

    void theRecentPastIsReplayedInOrder()
    {
        QVERIFY(makeStream(js_FileStorage, {"odin.tokens.>", "odin.market.>"}));
        for (int i = 0; i < 30; ++i)
            QVERIFY(
                publish(priceSubject(QByteArray(1, char('A' + i % 3))), priceJson(QByteArray(1, char('A' + i % 3)), i))
                > 0);
        QVERIFY(startFeed());
        QCOMPARE(m_sinks->count(), 30u); // Live means that everything of before is there
        const auto messages = m_sinks->messages();
        for (std::size_t i = 0; i < messages.size(); ++i) {
            QCOMPARE(messages[i].seq, Seq(i + 1));
            QVERIFY(messages[i].origin != Origin::Live);
        }
        QCOMPARE(m_feed->counters().replayed, 30u);
        publish(priceSubject("A"), priceJson("A", 100));
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 31u, deadlineMs);
        QCOMPARE(m_sinks->messages().back().origin, Origin::Live);
    }

    void ofTheFartherPastOnlyTheLatestPerSubject()
    {
        QVERIFY(makeStream(js_FileStorage, {"odin.tokens.>", "odin.market.>"}));
        publish(priceSubject("OLD"), priceJson("OLD", 1));
        publish(priceSubject("OLD"), priceJson("OLD", 2)); // 2: the latest of its subject
        publish(priceSubject("BTC"), priceJson("BTC", 1));
        publish(marketSubject, marketJson()); // 4: the latest of its subject
        publish(volumeSubject("OLD"), volumeJson("OLD")); // 5: the latest of its subject
        QTest::qWait(500);
        QVERIFY(publish(priceSubject("BTC"), priceJson("BTC", 2)) == 6);
        makeFeed(100ms);
        QVERIFY(startFeed());
        const auto messages = m_sinks->messages();
        QCOMPARE(seqsOf(messages), (std::vector<Seq>{2, 4, 5, 6}));
        for (const StreamMessage &message : messages)
            QVERIFY(message.origin != Origin::Live);
    }

    void anEmptyOrPurgedStreamIsLiveAtOnce()
    {
        QVERIFY(makeStream(js_FileStorage, {"odin.tokens.>", "odin.market.>"}));
        publish(priceSubject("BTC"), priceJson("BTC", 1));
        Connection connection({m_broker->url()}, "test", limits::busConnectMsMax);
        QCOMPARE(js_PurgeStream(connection.jetStream(), "ODIN", nullptr, nullptr), NATS_OK);
        QVERIFY(startFeed());
        QCOMPARE(m_sinks->count(), 0u);
        publish(priceSubject("BTC"), priceJson("BTC", 2));
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 1u, deadlineMs);
        QCOMPARE(m_sinks->messages()[0].seq, 2);
    }

    void aStreamWithOtherLimitsIsUsed()
    {
        QVERIFY(makeStream(js_MemoryStorage, {"odin.tokens.>", "odin.market.>"}));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("kept in memory")));
        QVERIFY(startFeed());
        publish(priceSubject("BTC"), priceJson("BTC", 2));
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 1u, deadlineMs);
    }

    void nothingComesAfterStop()
    {
        QVERIFY(startFeed());
        m_feed->stop();
        const auto states = m_sinks->states().size();
        QVERIFY(publish(priceSubject("BTC"), priceJson("BTC", 1)) > 0);
        QTest::qWait(300);
        QCOMPARE(m_sinks->count(), 0u);
        QCOMPARE(m_sinks->states().size(), states);
    }
};

QTEST_GUILESS_MAIN(TestFeed)
#include "tst_feed.moc"
