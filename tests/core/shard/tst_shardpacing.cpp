// The ladder of a slow client, and mode latest: what is left out is told, what is told adds up.
#include "tests/core/shard/testshards.h"

using namespace odin;

namespace {

constexpr int deadline = 60'000;
constexpr qsizetype padding = 2000;

QByteArray subscribe(const QByteArray &more) { return R"({"type":"subscribe","id":1,"tokens":["*"],)" + more + '}'; }

bool isInOrder(const TestClient &client)
{
    Seq last = 0;
    for (const auto &update : client.of("price:update")) {
        const Seq seq = update.value(QLatin1String("seq")).toInteger();
        if (seq <= last)
            return false;
        last = seq;
    }
    return true;
}

void waitForSnapshot(const TestClient &client) { QTRY_COMPARE_WITH_TIMEOUT(client.count("price:snapshot"), 1, deadline); }

/// Posts until the shard holds something back from somebody.
void overwhelm(TestShards &shards)
{
    for (int i = 0; i < 20'000 && shards.counters().thinnings.load() == 0; ++i) {
        shards.post(i % 3 ? "BTC" : "ETH", padding);
        QTest::qWait(1);
    }
    QVERIFY(shards.counters().thinnings.load() > 0);
    for (int i = 0; i < 300; ++i) {
        shards.post(i % 3 ? "BTC" : "ETH", padding);
        QTest::qWait(1);
    }
}

} // namespace

class TestShardPacing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aSlowClientGetsTheNewestOfEachToken()
    {
        TestShards shards;
        const auto slow = shards.client("?tokens=*");
        const auto fast = shards.client("?tokens=*");
        waitForSnapshot(*slow);
        waitForSnapshot(*fast);
        slow->pause();
        overwhelm(shards);
        QTRY_COMPARE_WITH_TIMEOUT(fast->count("price:update"), shards.seq, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(shards.counters().thinning.load(), 1u, deadline);
        slow->resume();
        QTRY_COMPARE_WITH_TIMEOUT(slow->accounted(), shards.seq, deadline);
        QVERIFY(isInOrder(*slow) && !slow->broken);
        QVERIFY(slow->count("price:update") <= shards.seq - 300 + 2);
        QCOMPARE(slow->last("price:update").value(QLatin1String("seq")).toInteger(), shards.seq);
        QCOMPARE(shards.counters().conflated.load(), std::uint64_t(shards.seq - slow->count("price:update")));
        QCOMPARE(fast->accounted(), fast->count("price:update"));

        // Fast again: everything, one by one.
        QTRY_COMPARE_WITH_TIMEOUT(shards.counters().thinning.load(), 0u, deadline);
        const auto before = slow->count("price:update");
        for (int i = 0; i < 20; ++i) {
            shards.post("BTC");
            QTRY_COMPARE_WITH_TIMEOUT(slow->count("price:update"), before + i + 1, deadline);
        }
    }

    void whatASnapshotTellsDoesNotComeAgain()
    {
        TestShards shards;
        const auto slow = shards.client("?tokens=*");
        waitForSnapshot(*slow);
        slow->pause();
        overwhelm(shards);
        slow->send(subscribe(R"("channels":["price"])"));
        QTRY_VERIFY_WITH_TIMEOUT(shards.counters().commands.load() >= 1, deadline);
        slow->resume();
        QTRY_COMPARE_WITH_TIMEOUT(slow->count("price:snapshot"), 2, deadline);
        const auto before = slow->count("price:update");
        const auto seq = shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(slow->count("price:update"), before + 1, deadline);
        QCOMPARE(slow->last("price:update").value(QLatin1String("seq")).toInteger(), seq);
        QVERIFY(isInOrder(*slow));
    }

    void modeLatestGivesTheNewestSoOften()
    {
        TestShards shards;
        const auto client = shards.client();
        client->send(subscribe(R"("mode":"latest","maxHz":5)"));
        waitForSnapshot(*client);
        const auto granted = client->last("subscribed");
        QCOMPARE(granted.value(QLatin1String("mode")).toString(), QStringLiteral("latest"));
        QCOMPARE(granted.value(QLatin1String("maxHz")).toDouble(), 5.0);
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 1000) {
            shards.post("BTC");
            shards.post("ETH");
            QTest::qWait(5);
        }
        QTRY_COMPARE_WITH_TIMEOUT(client->accounted(), shards.seq, deadline);
        QVERIFY(isInOrder(*client));
        const auto turns = timer.elapsed() / 200 + 2;
        QVERIFY2(client->count("price:update") <= 2 * turns, qPrintable(QString::number(client->count("price:update"))));
        QVERIFY(client->count("price:update") >= 4);
    }

    void modeLatestDoesNotDelayWhatComesAlone()
    {
        TestShards shards;
        const auto client = shards.client();
        client->send(subscribe(R"("mode":"latest","maxHz":0.01)")); // a turn lasts 100 s: only the first may come at once
        waitForSnapshot(*client);
        shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:update"), 1, deadline);
        shards.post("BTC");
        shards.post("BTC");
        client->send(subscribe(R"("mode":"auto")")); // what waits for its turn comes now
        QTRY_COMPARE_WITH_TIMEOUT(client->count("subscribed"), 2, deadline);
        shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->last("price:update").value(QLatin1String("seq")).toInteger(), shards.seq, deadline);
        QVERIFY(isInOrder(*client));
    }

    void ratesBeyondTheBoundsAreGrantedAsTheNearest()
    {
        TestShards shards;
        const auto client = shards.client();
        client->send(subscribe(R"("mode":"latest","maxHz":1e9)"));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("subscribed"), 1, deadline);
        QCOMPARE(client->last("subscribed").value(QLatin1String("maxHz")).toDouble(), limits::latestHzMax);
        client->send(subscribe(R"("mode":"latest")"));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("subscribed"), 2, deadline);
        QCOMPARE(client->last("subscribed").value(QLatin1String("maxHz")).toDouble(), limits::latestHzDefault);
        client->send(subscribe(R"("channels":["price"])")); // not said: stays
        QTRY_COMPARE_WITH_TIMEOUT(client->count("subscribed"), 3, deadline);
        QCOMPARE(client->last("subscribed").value(QLatin1String("mode")).toString(), QStringLiteral("latest"));
    }
};

QTEST_GUILESS_MAIN(TestShardPacing)
#include "tst_shardpacing.moc"
