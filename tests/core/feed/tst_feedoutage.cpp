#include "core/feed/feed.h"

#include "core/feed/connection.h"
#include "core/feed/publisher.h"
#include "tests/support/payloads.h"
#include "tests/support/recordingsinks.h"
#include "tests/support/testbroker.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

#include <map>
#include <thread>

using namespace odin;
using namespace std::chrono_literals;

namespace {

constexpr int deadlineMs = 30'000;

/// Publishes prices with ids 1, 2, 3 ... like a good publisher: each again with the same id until it is acknowledged.
class SteadyPublisher
{
public:
    explicit SteadyPublisher(const QString &url) : m_thread([this, url](std::stop_token stop) { run(url, stop); }) {}

    int acked() const { return m_acked; }
    void stop() { m_thread = {}; }

private:
    void run(const QString &url, std::stop_token stop)
    {
        Publisher publisher({url});
        for (int id = 1; !stop.stop_requested();) {
            const QByteArray nonce = QByteArray::number(id);
            if (publisher.publish(priceSubject("BTC"), priceJson("BTC", id, nonce), nonce).ok())
                m_acked = id++;
            else
                std::this_thread::sleep_for(20ms);
        }
    }

    std::atomic<int> m_acked{0};
    std::jthread m_thread;
};

std::map<int, int> timesPerNonce(const std::vector<StreamMessage> &messages)
{
    std::map<int, int> times;
    for (const StreamMessage &message : messages)
        ++times[QJsonDocument::fromJson(message.updates[0].json)[QStringLiteral("nonce")].toString().toInt()];
    return times;
}

bool isIncreasing(const std::vector<StreamMessage> &messages)
{
    return std::ranges::adjacent_find(messages, [](const auto &a, const auto &b) { return a.seq >= b.seq; })
        == messages.end();
}

bool publishPrice(const QString &url, const QByteArray &id)
{
    return Publisher({url}).publish(priceSubject("BTC"), priceJson("BTC", 1, id), id).ok();
}

} // namespace

class TestFeedOutage : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestBroker> m_broker;
    std::unique_ptr<RecordingSinks> m_sinks;
    std::unique_ptr<Feed> m_feed;

    void startFeed(const QStringList &urls)
    {
        m_feed = std::make_unique<Feed>(FeedConfig{.urls = urls}, *m_sinks, *m_sinks);
        m_feed->start();
    }
    bool waitFor(UpstreamState state)
    {
        return QTest::qWaitFor([&] { return m_sinks->is(state); }, deadlineMs);
    }
    bool waitForOther(UpstreamState state)
    {
        return QTest::qWaitFor([&] { return !m_sinks->is(state); }, deadlineMs);
    }

private Q_SLOTS:
    void init()
    {
        m_broker = std::make_unique<TestBroker>();
        m_sinks = std::make_unique<RecordingSinks>();
    }

    void cleanup()
    {
        m_feed.reset();
        m_sinks.reset();
        m_broker.reset();
    }

    void everyAcknowledgedMessageArrivesOnceOverAKill()
    {
        QVERIFY(m_broker->start());
        startFeed({m_broker->url()});
        QVERIFY(waitFor(UpstreamState::Live));
        SteadyPublisher publisher(m_broker->url());
        for (int round = 1; round <= 2; ++round) {
            const int before = publisher.acked();
            QTRY_VERIFY_WITH_TIMEOUT(publisher.acked() > before + 200, deadlineMs);
            m_broker->kill();
            QVERIFY(waitForOther(UpstreamState::Live));
            QCOMPARE(m_sinks->status().state, UpstreamState::Reconnecting);
            QVERIFY(m_broker->start());
            QVERIFY(waitFor(UpstreamState::Live));
        }
        const int before = publisher.acked();
        QTRY_VERIFY_WITH_TIMEOUT(publisher.acked() > before + 200, deadlineMs);
        publisher.stop();
        const int acked = publisher.acked();
        QTRY_VERIFY_WITH_TIMEOUT(timesPerNonce(m_sinks->messages()).contains(acked), deadlineMs);

        const auto messages = m_sinks->messages();
        QVERIFY(isIncreasing(messages));
        const auto times = timesPerNonce(messages);
        for (int id = 1; id <= acked; ++id)
            QVERIFY2(times.contains(id) && times.at(id) == 1, qPrintable(QString::number(id)));
        QCOMPARE(m_feed->counters().duplicates, 0u);
        QVERIFY(m_feed->counters().reconnects >= 2u);
        QCOMPARE(m_sinks->resets(), 0);
        for (const StreamMessage &message : messages)
            QCOMPARE(message.origin, Origin::Live); // late is not the same as filled in at start
    }

    void waitsForABusThatIsNotThereYet()
    {
        startFeed({m_broker->url()});
        QTRY_VERIFY_WITH_TIMEOUT(m_sinks->status().detail.contains(QLatin1String("No bus answers")), deadlineMs);
        QCOMPARE(m_sinks->status().state, UpstreamState::Connecting);
        QVERIFY(m_broker->start());
        QVERIFY(waitFor(UpstreamState::Live));
    }

    void saysThatCredentialsAreWrong()
    {
        QVERIFY(m_broker->start());
        startFeed({m_broker->wrongUrl()});
        QVERIFY(waitFor(UpstreamState::Error));
        QVERIFY(m_sinks->status().detail.contains(QLatin1String("credentials")));
        QVERIFY(!m_sinks->status().detail.contains(QLatin1String("wrong")));
    }

    void findsTheAddressThatWorks()
    {
        QVERIFY(m_broker->start());
        startFeed({m_broker->wrongUrl(), QStringLiteral("nats://127.0.0.1:%1").arg(freePort()), m_broker->url()});
        QVERIFY(waitFor(UpstreamState::Live));
    }

    void noAddressIsAnError()
    {
        startFeed({});
        QVERIFY(waitFor(UpstreamState::Error));
        QVERIFY(m_sinks->status().detail.contains(QLatin1String("--nats")));
    }

    void aFrozenBusIsNoticedAndComesBack()
    {
        QVERIFY(m_broker->start());
        startFeed({m_broker->url()});
        QVERIFY(waitFor(UpstreamState::Live));
        m_broker->freeze();
        QElapsedTimer timer;
        timer.start();
        QVERIFY(waitFor(UpstreamState::Reconnecting));
        qInfo() << "a frozen bus was noticed after" << timer.elapsed() << "ms";
        m_broker->cont();
        QVERIFY(waitFor(UpstreamState::Live));
        QVERIFY(publishPrice(m_broker->url(), "a"));
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 1u, deadlineMs);
    }

    void stopReturnsAlthoughTheBusIsFrozen_data()
    {
        QTest::addColumn<int>("waitMs");
        QTest::newRow("at once") << 0;
        QTest::newRow("while it is asked") << 1200;
        QTest::newRow("while connecting") << 4000;
    }

    void stopReturnsAlthoughTheBusIsFrozen()
    {
        QFETCH(int, waitMs);
        QVERIFY(m_broker->start());
        startFeed({m_broker->url()});
        QVERIFY(waitFor(UpstreamState::Live));
        m_broker->freeze();
        QTest::qWait(waitMs);
        QElapsedTimer timer;
        timer.start();
        m_feed->stop();
        qInfo() << "stop took" << timer.elapsed() << "ms";
        QVERIFY(timer.elapsed() < 2 * limits::busConnectMsMax.count() + limits::busRequestMsMax.count());
        const auto states = m_sinks->states().size();
        m_broker->cont();
        QTest::qWait(200);
        QCOMPARE(m_sinks->states().size(), states);
    }

    void worksWithoutJetStream()
    {
        m_broker = std::make_unique<TestBroker>(TestBroker::Kind::Plain);
        QVERIFY(m_broker->start());
        startFeed({m_broker->url()});
        QVERIFY(waitFor(UpstreamState::Live));
        QCOMPARE(m_sinks->status().durability, Durability::None);
        QVERIFY(m_sinks->status().detail.contains(QLatin1String("JetStream")));
        const QByteArray epoch = m_sinks->status().epoch;
        QVERIFY(!epoch.isEmpty());
        Publisher publisher({m_broker->url()});
        QVERIFY(publisher.publish(priceSubject("BTC"), priceJson("BTC", 1), "a").ok());
        QVERIFY(publisher.publish(marketSubject, marketJson(), "b").ok());
        QVERIFY(publisher.publish(priceSubject("BTC"), priceJson("BTC", 2), "c").ok());
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 3u, deadlineMs);
        QVERIFY(isIncreasing(m_sinks->messages()));
        m_broker->kill();
        QVERIFY(waitFor(UpstreamState::Reconnecting));
        QVERIFY(m_broker->start());
        QVERIFY(waitFor(UpstreamState::Live));
        QCOMPARE(m_sinks->status().epoch, epoch);
        QVERIFY(publishPrice(m_broker->url(), "d"));
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 4u, deadlineMs);
    }

    void aRecreatedStreamStartsOver()
    {
        QVERIFY(m_broker->start());
        startFeed({m_broker->url()});
        QVERIFY(waitFor(UpstreamState::Live));
        QVERIFY(publishPrice(m_broker->url(), "a"));
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 1u, deadlineMs);
        const QByteArray epoch = m_sinks->status().epoch;
        Connection connection({m_broker->url()}, "test", limits::busConnectMsMax);
        QCOMPARE(js_DeleteStream(connection.jetStream(), "ODIN", nullptr, nullptr), NATS_OK);
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->resets(), 1, deadlineMs);
        QVERIFY(waitFor(UpstreamState::Live));
        QVERIFY(m_sinks->status().epoch != epoch);
        QVERIFY(publishPrice(m_broker->url(), "b"));
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 1u, deadlineMs);
        QCOMPARE(m_sinks->messages()[0].seq, 1);
    }

    void aBrokerThatLostItsStoreStartsOver()
    {
        QVERIFY(m_broker->start());
        startFeed({m_broker->url()});
        QVERIFY(waitFor(UpstreamState::Live));
        QVERIFY(publishPrice(m_broker->url(), "a"));
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 1u, deadlineMs);
        m_broker->kill();
        m_broker->wipe();
        QVERIFY(m_broker->start());
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->resets(), 1, deadlineMs);
        QVERIFY(waitFor(UpstreamState::Live));
    }

    // The server forgets a consumer when, for example, its leader changes.
    void aDroppedConsumerIsMadeAnew()
    {
        QVERIFY(m_broker->start());
        startFeed({m_broker->url()});
        QVERIFY(waitFor(UpstreamState::Live));
        QVERIFY(publishPrice(m_broker->url(), "a"));
        Connection connection({m_broker->url()}, "test", limits::busConnectMsMax);
        jsConsumerNamesList *names = nullptr;
        QCOMPARE(js_ConsumerNames(&names, connection.jetStream(), "ODIN", nullptr, nullptr), NATS_OK);
        QVERIFY(names->Count > 0);
        for (int i = 0; i < names->Count; ++i)
            QCOMPARE(js_DeleteConsumer(connection.jetStream(), "ODIN", names->List[i], nullptr, nullptr), NATS_OK);
        jsConsumerNamesList_Destroy(names);
        QVERIFY(publishPrice(m_broker->url(), "b"));
        QTRY_COMPARE_WITH_TIMEOUT(m_sinks->count(), 2u, deadlineMs);
        QVERIFY(isIncreasing(m_sinks->messages()));
        QVERIFY(m_feed->counters().rebuilds >= 1u);
        QCOMPARE(m_sinks->resets(), 0);
        QVERIFY(waitFor(UpstreamState::Live));
    }
};

QTEST_GUILESS_MAIN(TestFeedOutage)
#include "tst_feedoutage.moc"
