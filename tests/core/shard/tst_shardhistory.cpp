// History: the stream's past and the shard's own recent updates, joined without a gap or an overlap.
#include "tests/core/shard/testshards.h"

using namespace odin;

namespace {

constexpr int deadline = 30'000;

QByteArray history(const QByteArray &more) { return R"({"type":"history","id":7,)" + more + '}'; }

std::vector<Seq> seqs(const QJsonObject &answer)
{
    std::vector<Seq> numbers;
    for (const auto &update : answer.value(QLatin1String("updates")).toArray())
        numbers.push_back(update.toObject().value(QLatin1String("seq")).toInteger());
    return numbers;
}

} // namespace

class TestShardHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // BTC: 1, 3, 5 in the stream only, 6 in both, 8 in the ring only.
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_shards = std::make_unique<TestShards>();
        m_shards->live("e1");
        for (const Seq seq : {1, 3, 5, 6})
            m_shards->past.add(priceFrame("BTC", seq));
        m_shards->seq = 5;
        m_shards->post("BTC");
        m_shards->post("ETH");
        m_shards->post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(m_shards->counters().ringFrames.load(), 3u, deadline);
        m_client = m_shards->client();
    }
    void cleanup()
    {
        m_client.reset();
        m_shards.reset();
    }

    void joinsTheStreamAndTheRing()
    {
        const auto answer = ask(history(R"("tokenId":"BTC")"));
        QCOMPARE(seqs(answer), (std::vector<Seq>{1, 3, 5, 6, 8}));
        QCOMPARE(answer.value(QLatin1String("id")).toInteger(), 7);
        QCOMPARE(answer.value(QLatin1String("tokenId")).toString(), QStringLiteral("BTC"));
        QCOMPARE(m_shards->counters().histories.load(), 1u);
    }

    void theLimitKeepsTheNewest()
    {
        QCOMPARE(seqs(ask(history(R"("tokenId":"BTC","limit":2)"))), (std::vector<Seq>{6, 8}));
    }

    void sinceIsATimeOfThePublishers()
    {
        QVERIFY(seqs(ask(history(R"("tokenId":"BTC","since":)" + QByteArray::number(wallMs() + 60'000)))).empty());
        QCOMPARE(seqs(ask(history(R"("tokenId":"BTC","since":1)"))).size(), 5u);
    }

    void aTokenThatWasNeverSeenHasNone() { QVERIFY(seqs(ask(history(R"("tokenId":"NEVER")"))).empty()); }

    void withoutTheStreamTheRingAnswers()
    {
        m_shards->past.fail();
        QCOMPARE(seqs(ask(history(R"("tokenId":"BTC")"))), (std::vector<Seq>{6, 8}));
    }

    void whoAsksAtTheSameTimeSharesARead()
    {
        m_shards->past.hold();
        const auto other = m_shards->client();
        for (int i = 0; i < 5; ++i) {
            m_client->send(history(R"("tokenId":"BTC")"));
            other->send(history(R"("tokenId":"BTC")"));
        }
        auto gone = m_shards->client();
        gone->send(history(R"("tokenId":"BTC")"));
        QTRY_COMPARE_WITH_TIMEOUT(m_shards->counters().commands.load(), 11u, deadline);
        gone.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_shards->state.census().sessions.load(), 2, deadline);
        m_shards->past.release();
        QTRY_COMPARE_WITH_TIMEOUT(m_client->count("history"), 5, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(other->count("history"), 5, deadline);
        QCOMPARE(m_shards->past.histories(), 1);
    }

    void wrongQuestionsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("question");
        QTest::addColumn<int>("code");
        QTest::newRow("no token") << QByteArray(R"("limit":1)") << 102;
        QTest::newRow("not a token") << QByteArray(R"("tokenId":"a b")") << 102;
        QTest::newRow("limit 0") << QByteArray(R"("tokenId":"BTC","limit":0)") << 107;
        QTest::newRow("limit no number") << QByteArray(R"("tokenId":"BTC","limit":"9")") << 107;
        QTest::newRow("limit too large") << QByteArray(R"("tokenId":"BTC","limit":1001)") << 106;
        QTest::newRow("since no time") << QByteArray(R"("tokenId":"BTC","since":"now")") << 107;
        QTest::newRow("since too far") << QByteArray(R"("tokenId":"BTC","since":1e300)") << 107;
    }
    void wrongQuestionsAreRefused()
    {
        QFETCH(QByteArray, question);
        QFETCH(int, code);
        m_client->send(history(question));
        QTRY_COMPARE_WITH_TIMEOUT(m_client->count("error"), 1, deadline);
        QCOMPARE(m_client->last("error").value(QLatin1String("code")).toInt(), code);
    }

private:
    QJsonObject ask(const QByteArray &question)
    {
        const auto before = m_client->count("history");
        m_client->send(question);
        const bool came = QTest::qWaitFor([&] { return m_client->count("history") > before; }, deadline);
        return came ? m_client->last("history") : QJsonObject();
    }

    std::unique_ptr<TestShards> m_shards;
    std::unique_ptr<TestClient> m_client;
};

QTEST_GUILESS_MAIN(TestShardHistory)
#include "tst_shardhistory.moc"
