// A shard and its clients over real sockets: who gets which updates, and how everybody is sent away.
#include "tests/core/shard/testshards.h"

#include <random>

using namespace odin;

namespace {

constexpr int deadline = 30'000;

Seq seqOf(const QJsonObject &update) { return update.value(QLatin1String("seq")).toInteger(); }
Seq prevOf(const QJsonObject &update) { return update.value(QLatin1String("prev")).toInteger(); }
QByteArray tokenOf(const QJsonObject &update) { return update.value(QLatin1String("tokenId")).toString().toLatin1(); }

QByteArray command(const char *type, const QByteArray &token)
{
    return QByteArray(R"({"type":")") + type + R"(","tokens":[")" + token + R"("]})";
}

// Follows what one client is told and says what is wrong with it; empty = every update of a token came once and in
// order from its snapshot to its unsubscription.
class Reader
{
public:
    explicit Reader(const std::map<QByteArray, std::vector<Seq>> &posted) : m_posted(posted) { }

    QString read(const QJsonObject &message)
    {
        const auto type = message.value(QLatin1String("type")).toString();
        if (type == QLatin1String("price:snapshot"))
            return readSnapshot(message.value(QLatin1String("updates")).toArray());
        if (type == QLatin1String("price:update"))
            return readUpdate(message);
        if (type == QLatin1String("subscribed") || type == QLatin1String("unsubscribed"))
            return readGranted(message);
        return {};
    }

private:
    // The newest posted at or before a position; 0 = none.
    Seq newestAt(const QByteArray &token, Seq position) const
    {
        const auto posted = m_posted.find(token);
        if (posted == m_posted.end())
            return 0;
        const auto after = std::upper_bound(posted->second.begin(), posted->second.end(), position);
        return after == posted->second.begin() ? 0 : *std::prev(after);
    }

    QString readGranted(const QJsonObject &message)
    {
        std::map<QByteArray, Seq> granted;
        for (const auto &token : message.value(QLatin1String("tokens")).toArray()) {
            const auto name = token.toString().toLatin1();
            const auto known = m_seen.find(name);
            granted[name] = known != m_seen.end() ? known->second : newestAt(name, seqOf(message));
        }
        for (const auto &[token, seen] : m_seen) {
            if (seen != newestAt(token, seqOf(message)))
                return QStringLiteral("%1 misses updates").arg(QString::fromLatin1(token));
        }
        m_seen = std::move(granted);
        m_position = seqOf(message);
        return {};
    }

    QString readSnapshot(const QJsonArray &updates)
    {
        for (const auto &update : updates) {
            const auto token = tokenOf(update.toObject());
            if (seqOf(update.toObject()) != newestAt(token, m_position))
                return QStringLiteral("an old snapshot of %1").arg(QString::fromLatin1(token));
        }
        return {};
    }

    QString readUpdate(const QJsonObject &update)
    {
        const auto seen = m_seen.find(tokenOf(update));
        if (seen == m_seen.end())
            return QStringLiteral("an update of a token that is not subscribed");
        if (prevOf(update) != seen->second)
            return QStringLiteral("%1 follows %2").arg(seqOf(update)).arg(seen->second);
        seen->second = seqOf(update);
        return {};
    }

    const std::map<QByteArray, std::vector<Seq>> &m_posted;
    std::map<QByteArray, Seq> m_seen; // of the tokens subscribed: the newest sequence told
    Seq m_position = 0;
};

} // namespace

class TestShard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void welcomesFirst()
    {
        TestShards shards;
        shards.state.setSimulated(true);
        const auto client = shards.client();
        QTRY_VERIFY_WITH_TIMEOUT(client->messages.size() >= 2, deadline);
        const auto welcome = client->messages[0];
        QCOMPARE(welcome.value(QLatin1String("type")), QStringLiteral("welcome"));
        QCOMPARE(welcome.value(QLatin1String("node")), QStringLiteral("node"));
        QCOMPARE(welcome.value(QLatin1String("simulated")).toBool(), true);
        QVERIFY(!welcome.value(QLatin1String("sessionId")).toString().isEmpty());
        const auto status = client->messages[1];
        QCOMPARE(status.value(QLatin1String("type")), QStringLiteral("connection:status"));
        QCOMPARE(status.value(QLatin1String("status")), QStringLiteral("reconnecting"));
        QCOMPARE(status.value(QLatin1String("connectedClients")).toInt(), 1);
    }

    void everySessionHasItsOwnId()
    {
        TestShards shards(2);
        QSet<QString> ids;
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 6; ++i) {
            clients.push_back(shards.client());
            QTRY_COMPARE_WITH_TIMEOUT(clients.back()->count("welcome"), 1, deadline);
            ids.insert(clients.back()->last("welcome").value(QLatin1String("sessionId")).toString());
        }
        QCOMPARE(ids.size(), 6);
        QCOMPARE(shards.shards[0]->counters().sessionsOpened.load(), 3u); // in turn
        QCOMPARE(shards.state.census().sessions.load(), 6);
    }

    void subscribesByUrl()
    {
        TestShards shards;
        shards.post("BTC");
        shards.post("ETH");
        const auto client = shards.client("?tokens=BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        QCOMPARE(client->count("subscribed"), 1);
        shards.post("ETH");
        const Seq last = shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->seqs(), std::vector{last}, deadline);
    }

    // Whichever of the updates the snapshot holds: what comes after it goes on from there.
    void aSnapshotComesBeforeUpdates()
    {
        TestShards shards;
        shards.post("BTC");
        shards.post("BTC");
        const auto client = shards.client("?tokens=*");
        const Seq fresh = shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(seqOf(client->last("price:update")), fresh, deadline);
        const auto snapshot = client->last("price:snapshot");
        Seq seq = seqOf(snapshot.value(QLatin1String("updates")).toArray().first().toObject());
        for (const auto &update : client->of("price:update"))
            QCOMPARE(seqOf(update), ++seq);
        QVERIFY(client->messages.indexOf(snapshot) < client->messages.indexOf(client->of("price:update").first()));
    }

    void whatWasNeverSeenCanBeSubscribed()
    {
        TestShards shards;
        const auto client = shards.client("?tokens=NEW");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        QVERIFY(client->last("price:snapshot").value(QLatin1String("updates")).toArray().isEmpty());
        shards.post("NEW");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:update"), 1, deadline);
    }

    void channels()
    {
        TestShards shards;
        const auto client = shards.client();
        client->send(R"({"type":"subscribe","tokens":["BTC"],"channels":["volume","market"]})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("subscribed"), 1, deadline);
        QCOMPARE(client->count("price:snapshot"), 0);
        shards.post("BTC");
        shards.post(testFrame(Channel::Volume, "BTC", 100));
        shards.post(testFrame(Channel::Volume, "ETH", 101));
        shards.post(testFrame(Channel::Market, {}, 102));
        QTRY_COMPARE_WITH_TIMEOUT(client->seqs(), (std::vector<Seq>{100, 102}), deadline);
    }

    void everyUpdateOnceAndInOrder_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 3; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void everyUpdateOnceAndInOrder()
    {
        QFETCH(const unsigned, seed);
        std::mt19937 random(seed);
        static const std::vector<QByteArray> tokens{"A", "B", "C"};
        TestShards shards(2);
        std::vector<std::unique_ptr<TestClient>> clients;
        for (int i = 0; i < 8; ++i)
            clients.push_back(shards.client());
        std::map<QByteArray, std::vector<Seq>> posted;
        for (int step = 0; step < 400; ++step) {
            for (unsigned i = random() % 4; i > 0; --i) {
                const auto &token = tokens[random() % 3];
                posted[token].push_back(shards.post(token, qsizetype(random() % 300)));
            }
            if (step % 2 == 0) // 25 commands for each: within the burst
                clients[random() % 8]->send(command(random() % 3 ? "subscribe" : "unsubscribe", tokens[random() % 3]));
            QCoreApplication::processEvents();
        }
        auto &first = *clients.front(); // of the first shard: on a busy machine all of the above may have come too early
        first.send(R"({"type":"subscribe","tokens":["A"],"id":98})");
        QTRY_COMPARE_WITH_TIMEOUT(first.last("subscribed").value(QLatin1String("id")).toInt(), 98, deadline);
        posted["A"].push_back(shards.post("A"));
        QTRY_VERIFY_WITH_TIMEOUT(shards.counters().deliveries.load() > 0, deadline);
        for (auto &client : clients) {
            const auto replies = client->count("unsubscribed");
            client->send(R"({"type":"unsubscribe","tokens":["*"],"id":99})");
            QTRY_VERIFY_WITH_TIMEOUT(client->last("unsubscribed").value(QLatin1String("id")).toInt() == 99, deadline);
            QVERIFY(client->count("unsubscribed") > replies && client->count("error") == 0 && !client->broken);
            Reader reader(posted);
            for (const auto &message : client->messages) {
                const auto wrong = reader.read(message);
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            }
        }
    }

    void upstreamNewsReachesEveryone()
    {
        TestShards shards;
        const auto client = shards.client();
        QTRY_COMPARE_WITH_TIMEOUT(client->count("connection:status"), 1, deadline);
        UpstreamStatus status;
        status.state = UpstreamState::Replaying; // the same word for clients: no news
        shards.shards[0]->upstreamChanged(status);
        status.state = UpstreamState::Live;
        status.epoch = "e1";
        shards.shards[0]->upstreamChanged(status);
        QTRY_COMPARE_WITH_TIMEOUT(client->count("connection:status"), 2, deadline);
        QCOMPARE(client->last("connection:status").value(QLatin1String("status")), QStringLiteral("connected"));
        const auto later = shards.client();
        QTRY_COMPARE_WITH_TIMEOUT(later->count("welcome"), 1, deadline);
        QCOMPARE(later->last("welcome").value(QLatin1String("epoch")), QStringLiteral("e1"));
    }

    // A recreated stream: sequences and tables are void, clients come back to a new epoch.
    void resetSendsEveryoneAway()
    {
        TestShards shards;
        const auto client = shards.client("?tokens=*");
        const Seq before = shards.post("OLD");
        shards.shards[0]->reset({});
        shards.post("NEW");
        QTRY_COMPARE_WITH_TIMEOUT(client->closeCode, 4200, deadline);
        QCOMPARE(client->seqs(), std::vector{before});
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        const auto again = shards.client("?tokens=*");
        QTRY_COMPARE_WITH_TIMEOUT(again->count("price:snapshot"), 1, deadline);
        const auto updates = again->last("price:snapshot").value(QLatin1String("updates")).toArray();
        QCOMPARE(updates.size(), 1);
        QCOMPARE(tokenOf(updates[0].toObject()), QByteArray("NEW"));
        QCOMPARE(shards.closes(CloseReason::Shutdown), 1u);
    }

    void drainSaysWhenToComeBack()
    {
        TestShards shards;
        const auto first = shards.client("?tokens=*");
        const auto second = shards.client();
        shards.shards[0]->drain(std::chrono::milliseconds(700));
        for (auto *client : {first.get(), second.get()}) {
            QTRY_COMPARE_WITH_TIMEOUT(client->closeCode, 4200, deadline);
            QCOMPARE(client->count("drain"), 1);
            const auto hint = client->last("drain").value(QLatin1String("retryAfterMs")).toInt(-1);
            QVERIFY(hint >= 0 && hint <= 700);
        }
        QTRY_COMPARE_WITH_TIMEOUT(shards.state.census().sessions.load(), 0, deadline);
        const auto late = shards.client(); // was on its way
        QTRY_COMPARE_WITH_TIMEOUT(late->closeCode, 4200, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(shards.state.census().sessions.load(), 0, deadline);
    }

    void theEndOfAShardEndsItsConnections()
    {
        auto shards = std::make_unique<TestShards>();
        const auto client = shards->client("?tokens=*");
        TestClient atTheDoor(shards->port());
        shards->post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:update"), 1, deadline);
        shards.reset();
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone() && atTheDoor.isGone(), deadline);
    }

    void countsDeliveries()
    {
        TestShards shards;
        const auto first = shards.client("?tokens=*");
        const auto second = shards.client("?tokens=BTC");
        QTRY_VERIFY_WITH_TIMEOUT(first->count("price:snapshot") + second->count("price:snapshot") == 2, deadline);
        shards.post("BTC");
        shards.post("ETH");
        const auto &counters = shards.counters();
        QTRY_COMPARE_WITH_TIMEOUT(counters.deliveries.load(), 3u, deadline);
        QCOMPARE(counters.gatewayLatency.snapshot().count(), 3u);
        QCOMPARE(counters.endToEndLatency.snapshot().count(), 3u);
        QVERIFY(counters.writes.load() >= 2 && counters.writes.load() <= 3);
        QTRY_COMPARE_WITH_TIMEOUT(first->count("price:update"), 2, deadline);
        first->socket.abort();
        QTRY_COMPARE_WITH_TIMEOUT(counters.sessionsClosed.load(), 1u, deadline);
        QCOMPARE(shards.state.census().sessions.load(), 1);
    }
};

QTEST_GUILESS_MAIN(TestShard)
#include "tst_shard.moc"
