// What an operator sees of a shard's clients, and does to one.
#include "core/shard/shard.h"
#include "tests/core/shard/testshards.h"

#include <QSet>

#include <mutex>

using namespace odin;

namespace {

constexpr int deadline = 60'000;

QByteArray subscribe(const QByteArray &more) { return R"({"type":"subscribe","id":1,)" + more + '}'; }

/// An answer that a shard gives on its thread.
template<class T>
class Awaited
{
public:
    auto taker()
    {
        return [this](const T &value) {
            const std::lock_guard lock(m_mutex);
            m_value = value;
        };
    }
    T wait()
    {
        const auto came = [this] {
            const std::lock_guard lock(m_mutex);
            return m_value.has_value();
        };
        return QTest::qWaitFor(came, deadline) ? *m_value : T();
    }

private:
    std::mutex m_mutex;
    std::optional<T> m_value;
};

std::vector<ClientRow> list(Shard &shard)
{
    Awaited<ClientSource::Rows> answer;
    shard.listClients(answer.taker());
    const auto rows = answer.wait();
    return rows ? *rows : std::vector<ClientRow>();
}

std::optional<ClientDetails> read(Shard &shard, const QByteArray &id)
{
    Awaited<std::optional<ClientDetails>> answer;
    shard.readClient(id, answer.taker());
    return answer.wait();
}

bool cutOff(Shard &shard, const QByteArray &id)
{
    Awaited<bool> answer;
    shard.disconnectClient(id, answer.taker());
    return answer.wait();
}

bool slowDown(Shard &shard, const QByteArray &id, std::optional<double> maxHz)
{
    Awaited<bool> answer;
    shard.limitClient(id, maxHz, answer.taker());
    return answer.wait();
}

QByteArray idOf(const TestClient &client)
{
    return client.last("welcome").value(QLatin1String("sessionId")).toString().toLatin1();
}

void waitFor(const TestClient &client, const char *type) { QTRY_COMPARE_WITH_TIMEOUT(client.count(type), 1, deadline); }

} // namespace

class TestShardClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aRowSaysWhoItIsAndWhatItWants()
    {
        TestShards shards;
        const auto all = shards.client("?tokens=*");
        const auto some = shards.client("?tokens=ADA,BTC,DOGE,ETH,SOL,XRP");
        const auto idle = shards.client();
        waitFor(*all, "price:snapshot");
        waitFor(*some, "price:snapshot");
        waitFor(*idle, "welcome");
        some->send(subscribe(R"("tokens":["BTC"],"mode":"latest","maxHz":4)"));
        QTRY_COMPARE_WITH_TIMEOUT(some->count("subscribed"), 2, deadline);
        for (int i = 0; i < 7; ++i)
            shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(all->count("price:update"), 7, deadline);

        auto rows = list(*shards.shards.front());
        QCOMPARE(rows.size(), 3u);
        std::ranges::sort(rows, {}, &ClientRow::ordinal);
        QCOMPARE(rows[0].id, idOf(*all));
        QCOMPARE(rows[0].address, QByteArray("127.0.0.1"));
        QCOMPARE(rows[0].port, all->socket.localPort());
        QCOMPARE(rows[0].tokens, QByteArray("*"));
        QCOMPARE(rows[0].tokenCount, allTokens);
        QCOMPARE(rows[0].state, ClientState::Live);
        QVERIFY(std::abs(rows[0].sinceMs - wallMs()) < deadline);
        QCOMPARE(rows[1].tokens, QByteArray("ADA BTC DOGE ETH +2"));
        QCOMPARE(rows[1].tokenCount, 6);
        QCOMPARE(rows[1].pace, (Pace{Mode::Latest, 4}));
        QCOMPARE(rows[2].tokenCount, 0);
        QCOMPARE(rows[2].backlogBytes, 0);
    }

    void aRateIsOfTheTimeSinceTheListBefore()
    {
        TestShards shards;
        const auto client = shards.client("?tokens=BTC");
        waitFor(*client, "price:snapshot");
        list(*shards.shards.front());
        for (int i = 0; i < 50; ++i)
            shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:update"), 50, deadline);
        const auto busy = list(*shards.shards.front());
        const auto quiet = list(*shards.shards.front());
        // Nothing, when a slow machine took longer than a rate may be of.
        QVERIFY(!busy.front().outPerSecond || *busy.front().outPerSecond > 0);
        QVERIFY(!quiet.front().outPerSecond || *quiet.front().outPerSecond == 0);
    }

    void noneIsMissingOrTwiceWhileTheyComeAndGo()
    {
        TestShards shards;
        std::vector<std::unique_ptr<TestClient>> staying;
        for (int i = 0; i < 100; ++i)
            staying.push_back(shards.client("?tokens=*"));
        std::deque<std::unique_ptr<TestClient>> passing;
        for (int round = 0; round < 40; ++round) {
            passing.push_back(shards.client());
            if (passing.size() > 10)
                passing.pop_front();
            const auto rows = list(*shards.shards.front());
            QSet<QByteArray> ids;
            for (const auto &row : rows)
                ids.insert(row.id);
            QCOMPARE(std::size_t(ids.size()), rows.size());
            for (const auto &client : staying)
                QVERIFY(ids.contains(idOf(*client)));
        }
    }

    void detailsShowQueueCountersAndFrames()
    {
        TestShards shards;
        const auto client = shards.client("?tokens=BTC");
        waitFor(*client, "price:snapshot");
        shards.post("BTC");
        shards.post("ETH");
        const auto second = shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:update"), 2, deadline);
        client->send(R"({"type":"nonsense"})");
        waitFor(*client, "error");

        // Sent before anybody looked: known from the ring.
        auto details = read(*shards.shards.front(), idOf(*client));
        QVERIFY(details && details->isConnected);
        QCOMPARE(details->tokens, QByteArrayList{"BTC"});
        QCOMPARE(details->channels, QByteArrayList{"price"});
        QCOMPARE(details->updates, 2u);
        QVERIFY(details->bytes > 0);
        QCOMPARE(details->commands, 1u);
        QCOMPARE(details->commandErrors, 1u);
        QCOMPARE(details->lastFrames.size(), 2u);
        QCOMPARE(details->lastFrames.front().seq, second);
        QCOMPARE(details->lastFrames.front().token, QByteArray("BTC"));
        QVERIFY(details->lastFrames.front().payload.startsWith('{'));

        // And then as it goes out, the newest of it.
        for (std::size_t i = 0; i < limits::clientFramesMax + 10; ++i)
            shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:update"), qsizetype(limits::clientFramesMax) + 12, deadline);
        details = read(*shards.shards.front(), idOf(*client));
        QCOMPARE(details->lastFrames.size(), limits::clientFramesMax);
        QCOMPARE(details->lastFrames.front().seq, shards.seq);
        QCOMPARE(details->updates, limits::clientFramesMax + 12);
    }

    void aDisconnectedClientIsToldAndStaysAway()
    {
        TestShards shards;
        const auto wanted = shards.client("?tokens=*");
        const auto other = shards.client("?tokens=*");
        waitFor(*wanted, "price:snapshot");
        waitFor(*other, "price:snapshot");
        QVERIFY(cutOff(*shards.shards.front(), idOf(*wanted)));
        QTRY_VERIFY_WITH_TIMEOUT(wanted->isGone(), deadline);
        QCOMPARE(wanted->closeCode, 4006);
        QCOMPARE(shards.closes(CloseReason::ClosedByOperator), 1u);
        shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(other->count("price:update"), 1, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(list(*shards.shards.front()).size(), 1u, deadline);
    }

    void whoIsGoneIsNotFound()
    {
        TestShards shards;
        auto client = shards.client();
        const auto id = idOf(*client);
        client.reset();
        QTRY_VERIFY_WITH_TIMEOUT(list(*shards.shards.front()).empty(), deadline);
        QVERIFY(!cutOff(*shards.shards.front(), id));
        QVERIFY(!slowDown(*shards.shards.front(), id, 1));
        QVERIFY(!read(*shards.shards.front(), id));
        for (const auto &odd : {QByteArray(), QByteArray("-"), QByteArray("node-0-x"), QByteArray("other-0-1")})
            QVERIFY(!read(*shards.shards.front(), odd));
    }

    void aLimitedClientGetsTheNewestAndThenEverythingAgain()
    {
        TestShards shards;
        const auto client = shards.client("?tokens=*");
        const auto other = shards.client("?tokens=*");
        waitFor(*client, "price:snapshot");
        waitFor(*other, "price:snapshot");
        QVERIFY(
            slowDown(*shards.shards.front(), idOf(*client), 0.01)); // a turn lasts 100 s: only the first comes at once
        for (int i = 0; i < 30; ++i)
            shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(other->count("price:update"), 30, deadline);
        const auto details = read(*shards.shards.front(), idOf(*client));
        QCOMPARE(details->row.limitHz, 0.01);
        QCOMPARE(details->row.pace, (Pace{Mode::Latest, 0.01}));
        QCOMPARE(details->asked.mode, Mode::Auto);
        QVERIFY(details->updates < 30);

        QVERIFY(slowDown(*shards.shards.front(), idOf(*client), {}));
        QTRY_COMPARE_WITH_TIMEOUT(client->accounted(), 30, deadline); // what was held came, and says what it replaced
        const auto before = client->count("price:update");
        for (int i = 0; i < 5; ++i) {
            shards.post("BTC");
            QTRY_COMPARE_WITH_TIMEOUT(client->count("price:update"), before + i + 1, deadline);
        }
    }

    void aLimitStandsWhateverTheClientAsksFor()
    {
        TestShards shards;
        const auto client = shards.client("?tokens=*");
        waitFor(*client, "price:snapshot");
        QVERIFY(slowDown(*shards.shards.front(), idOf(*client), 2));
        const auto granted = [&](const QByteArray &pace, int answers) {
            client->send(subscribe(R"("tokens":["*"],)" + pace));
            const auto isThere = [&] { return client->count("subscribed") == answers; };
            return QTest::qWaitFor(isThere, deadline) ? client->last("subscribed") : QJsonObject();
        };
        const auto stream = granted(R"("mode":"stream")", 2);
        QCOMPARE(stream.value(QLatin1String("mode")).toString(), QStringLiteral("latest"));
        QCOMPARE(stream.value(QLatin1String("maxHz")).toDouble(), 2.0);
        QCOMPARE(granted(R"("mode":"latest","maxHz":50)", 3).value(QLatin1String("maxHz")).toDouble(), 2.0);
        QCOMPARE(granted(R"("mode":"latest","maxHz":0.5)", 4).value(QLatin1String("maxHz")).toDouble(), 0.5);
        QVERIFY(slowDown(*shards.shards.front(), idOf(*client), {}));
        QCOMPARE(read(*shards.shards.front(), idOf(*client))->row.pace, (Pace{Mode::Latest, 0.5})); // what it asked for
    }
};

QTEST_GUILESS_MAIN(TestShardClients)
#include "tst_shardclients.moc"
