// Clients that come back later than the recent ring reaches: from the stream, in one read for all of them.
#include "tests/core/shard/testshards.h"

using namespace odin;

namespace {

constexpr int deadline = 60'000;

QByteArray resume(Seq seq) { return R"({"type":"subscribe","tokens":["*"],"resume":{"epoch":"e1","seq":)" + QByteArray::number(seq) + "}}"; }

bool hasAll(const TestClient &client, Seq first, Seq last)
{
    const auto has = client.seqs();
    if (qint64(has.size()) != last - first + 1)
        return false;
    for (std::size_t i = 0; i < has.size(); ++i) {
        if (has[i] != first + Seq(i))
            return false;
    }
    return true;
}

QJsonValue recovered(const TestClient &client) { return client.last("subscribed").value(QLatin1String("recovered")); }

} // namespace

class TestShardPast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // The ring begins at 101; the stream has everything.
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_shards = std::make_unique<TestShards>();
        m_shards->live("e1");
        for (Seq seq = 1; seq <= 100; ++seq)
            m_shards->past.add(priceFrame("BTC", seq, seq - 1));
        m_shards->seq = m_shards->newest["BTC"] = 100;
        for (int i = 0; i < 10; ++i)
            m_shards->post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(m_shards->counters().ringFrames.load(), 10u, deadline);
    }
    void cleanup() { m_shards.reset(); }

    void firstTheStreamThenTheRing()
    {
        const auto client = m_shards->client();
        client->send(resume(50));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        QVERIFY(hasAll(*client, 51, 110));
        QCOMPARE(recovered(*client), QJsonValue(true));
        QCOMPARE(m_shards->past.ranges(), 1);
    }

    // The stream may be ahead of the shard: what is still to be fanned out must not come twice.
    void theReplayEndsAtTheLastFanOut_data()
    {
        QTest::addColumn<QByteArray>("tokens");
        QTest::newRow("all") << QByteArray("*");
        QTest::newRow("named") << QByteArray("BTC");
    }
    void theReplayEndsAtTheLastFanOut()
    {
        QFETCH(QByteArray, tokens);
        for (Seq seq = 101; seq <= 115; ++seq)
            m_shards->past.add(priceFrame("BTC", seq, seq - 1));
        m_shards->shards[0]->reset(std::vector<FramePtr>{tableFrame("BTC", 110, 109)}); // a ring without anything
        QTRY_COMPARE_WITH_TIMEOUT(m_shards->counters().ringFrames.load(), 0u, deadline);
        const auto client = m_shards->client();
        client->send(R"({"type":"subscribe","tokens":[")" + tokens + R"("],"resume":{"epoch":"e1","seq":50}})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        for (int i = 0; i < 5; ++i)
            m_shards->post("BTC");
        QTRY_VERIFY_WITH_TIMEOUT(hasAll(*client, 51, 115), deadline);
        m_shards->post("BTC");
        QTRY_VERIFY_WITH_TIMEOUT(hasAll(*client, 51, 116), deadline);
    }

    void oneReadForAllWhoWait()
    {
        m_shards->past.hold();
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 50; ++i) {
            clients.push_back(m_shards->client());
            clients.back()->send(resume(40 + i));
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_shards->counters().catchingUp.load(), 50u, deadline);
        QCOMPARE(m_shards->past.ranges(), 1);
        m_shards->post("BTC"); // while they wait
        m_shards->past.release();
        for (int i = 0; i < 50; ++i) {
            QTRY_COMPARE_WITH_TIMEOUT(clients[i]->count("resumed"), 1, deadline);
            QVERIFY(hasAll(*clients[i], 41 + i, 111));
        }
        QVERIFY(m_shards->past.ranges() <= 2); // one more for those who came after it was asked
    }

    void whatTheStreamNoLongerHasIsRefused()
    {
        m_shards->past.trim(60);
        const auto early = m_shards->client();
        const auto late = m_shards->client();
        early->send(resume(50));
        late->send(resume(61));
        QTRY_COMPARE_WITH_TIMEOUT(early->count("price:snapshot"), 1, deadline);
        QCOMPARE(recovered(*early), QJsonValue(false));
        QTRY_COMPARE_WITH_TIMEOUT(late->count("resumed"), 1, deadline);
        QVERIFY(hasAll(*late, 62, 110));
    }

    void aStreamThatCannotBeReadIsRefused()
    {
        m_shards->past.fail();
        const auto client = m_shards->client();
        client->send(resume(50));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        QCOMPARE(recovered(*client), QJsonValue(false));
        m_shards->post("BTC");
        QTRY_VERIFY_WITH_TIMEOUT(hasAll(*client, 111, 111), deadline);
    }

    void withoutJetStreamThereIsNothingToRead()
    {
        m_shards->live("e1", Durability::None);
        const auto client = m_shards->client();
        client->send(resume(50));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        QCOMPARE(recovered(*client), QJsonValue(false));
        QCOMPARE(m_shards->past.ranges(), 0);
    }

    void tooFarBackIsNotEvenRead()
    {
        m_shards->post(priceFrame("BTC", 60 + limits::resumeMessagesMax));
        const auto client = m_shards->client();
        client->send(resume(50));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        QCOMPARE(recovered(*client), QJsonValue(false));
        QCOMPARE(m_shards->past.ranges(), 0);
    }

    // It takes what it missed at its own pace, far more than may wait for it at once, and is not cut for that.
    void aLongReplayWaitsForItsReader()
    {
        for (int i = 0; i < 3000; ++i)
            m_shards->post("BTC", 1000);
        const auto client = m_shards->client();
        client->pause();
        client->send(resume(101));
        QTRY_VERIFY_WITH_TIMEOUT(m_shards->counters().replayed.load() > 0, deadline);
        for (int i = 0; i < 100; ++i)
            m_shards->post("BTC", 1000);
        QTest::qWait(600); // two heartbeats
        QVERIFY(m_shards->counters().replayed.load() < 2000);
        QCOMPARE(m_shards->closes(CloseReason::TooSlow), 0u);
        client->resume();
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        m_shards->post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->last("price:update").value(QLatin1String("seq")).toInteger(), m_shards->seq, deadline);
        Seq expected = 102;
        for (const auto &update : client->of("price:update")) {
            expected += update.value(QLatin1String("conflated")).toInteger();
            QCOMPARE(update.value(QLatin1String("seq")).toInteger(), expected++);
        }
    }

private:
    std::unique_ptr<TestShards> m_shards;
};

QTEST_GUILESS_MAIN(TestShardPast)
#include "tst_shardpast.moc"
