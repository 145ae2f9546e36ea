// Clients that come back: every missed update once and in order before anything newer, or a plain no and a snapshot.
#include "tests/core/shard/testshards.h"

#include <random>

using namespace odin;

namespace {

constexpr int deadline = 30'000;

QByteArray resume(Seq seq, const QByteArray &tokens = "\"*\"", const QByteArray &epoch = "e1", int id = 1)
{
    return "{\"type\":\"subscribe\",\"id\":" + QByteArray::number(id) + ",\"tokens\":[" + tokens
        + "],\"resume\":{\"epoch\":\"" + epoch + "\",\"seq\":" + QByteArray::number(seq) + "}}";
}

std::vector<Seq> span(Seq first, Seq last)
{
    std::vector<Seq> numbers;
    for (Seq seq = first; seq <= last; ++seq)
        numbers.push_back(seq);
    return numbers;
}

QJsonValue recovered(const TestClient &client) { return client.last("subscribed").value(QLatin1String("recovered")); }

void postMany(TestShards &shards, int count)
{
    for (int i = 0; i < count; ++i)
        shards.post(i % 2 ? "BTC" : "ETH");
}

} // namespace

class TestShardResume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_shards = std::make_unique<TestShards>();
        m_shards->live("e1");
        postMany(*m_shards, 20);
        QTRY_COMPARE_WITH_TIMEOUT(m_shards->counters().ringFrames.load(), 20u, deadline);
    }
    void cleanup() { m_shards.reset(); }

    void missedUpdatesComeInOrderBeforeNewerOnes()
    {
        const auto client = m_shards->client();
        client->send(resume(12));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        m_shards->post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->seqs(), span(13, 21), deadline);
        QCOMPARE(recovered(*client), QJsonValue(true));
        QCOMPARE(client->last("subscribed").value(QLatin1String("seq")).toInteger(), 12);
        QCOMPARE(client->last("resumed").value(QLatin1String("seq")).toInteger(), 20);
        QCOMPARE(client->last("resumed").value(QLatin1String("id")).toInteger(), 1);
        QCOMPARE(client->count("price:snapshot"), 0);
        QCOMPARE(m_shards->counters().resumesRecovered.load(), 1u);
        QCOMPARE(m_shards->counters().replayed.load(), 8u);
    }

    void onlyTheTokensThatAreAskedFor()
    {
        const auto client = m_shards->client();
        client->send(resume(10, "\"BTC\""));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        QCOMPARE(client->seqs(), (std::vector<Seq>{12, 14, 16, 18, 20}));
    }

    void nothingMissedIsRecoveredToo()
    {
        const auto client = m_shards->client();
        client->send(resume(20));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        QCOMPARE(recovered(*client), QJsonValue(true));
        QVERIFY(client->seqs().empty());
    }

    void anotherEpochIsRefusedWithASnapshot()
    {
        const auto client = m_shards->client();
        client->send(resume(12, "\"BTC\"", "e0"));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        QCOMPARE(recovered(*client), QJsonValue(false));
        QVERIFY(client->seqs().empty());
        QCOMPARE(m_shards->counters().resumesRefused.load(), 1u);
        m_shards->post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->seqs(), std::vector<Seq>{21}, deadline);
    }

    // It may have seen more on another gateway: then it gets what comes behind that, and not what it has.
    void aPositionAheadIsWaitedFor()
    {
        const auto client = m_shards->client();
        client->send(resume(22));
        QTest::qWait(300);
        QCOMPARE(client->count("subscribed"), 0);
        postMany(*m_shards, 4);
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        QCOMPARE(recovered(*client), QJsonValue(true));
        QCOMPARE(client->seqs(), span(23, 24));
    }

    void aPositionOfTheFutureIsRefusedInTheEnd()
    {
        const auto client = m_shards->client();
        client->send(resume(9'007'199'254'740'991));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        QCOMPARE(recovered(*client), QJsonValue(false));
    }

    void fromTheVeryBeginning()
    {
        const auto client = m_shards->client();
        client->send(resume(0));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        QCOMPARE(client->seqs(), span(1, 20));
    }

    // A client may have had only a part of a batch when it was cut: it drops what it has.
    void theBatchThatWasSeenLastComesAgain()
    {
        m_shards->postBatch({"BTC", "ETH", "BTC"}); // 21
        m_shards->post("ETH");
        const auto client = m_shards->client();
        client->send(resume(21));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        QCOMPARE(client->seqs(), (std::vector<Seq>{21, 21, 21, 22}));
        const auto updates = client->of("price:update");
        QCOMPARE(updates[0].value(QLatin1String("prev")).toInteger(), 20);
        QCOMPARE(updates[2].value(QLatin1String("prev")).toInteger(), 21); // the second of BTC, in its order
    }

    void namedTokensOfABatchKeepTheirOrder()
    {
        m_shards->postBatch({"BTC", "ETH", "BTC"});
        const auto client = m_shards->client();
        client->send(resume(20, "\"BTC\""));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        const auto updates = client->of("price:update");
        QCOMPARE(updates.size(), 2);
        QCOMPARE(updates[0].value(QLatin1String("prev")).toInteger(), 20);
        QCOMPARE(updates[1].value(QLatin1String("prev")).toInteger(), 21);
    }

    void aThousandTokens()
    {
        QByteArray names("\"BTC\"");
        for (int i = 1; i < limits::commandTokensMax; ++i)
            names += ",\"T" + QByteArray::number(i) + '"';
        for (int i = 1; i <= 50; ++i)
            m_shards->post("T" + QByteArray::number(i));
        const auto client = m_shards->client();
        client->send(resume(20, names));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        QCOMPARE(client->seqs(), span(21, 70));
        m_shards->post("T999"); // appears for the first time
        QTRY_COMPARE_WITH_TIMEOUT(client->seqs().back(), 71, deadline);
    }

    void whatIsLiveAlreadyIsNotReplayed()
    {
        const auto client = m_shards->client("?tokens=BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        postMany(*m_shards, 4); // ETH 21 and 23, BTC 22 and 24
        QTRY_COMPARE_WITH_TIMEOUT(client->seqs(), (std::vector<Seq>{22, 24}), deadline);
        client->send(resume(20));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 1, deadline);
        m_shards->post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->seqs(), (std::vector<Seq>{22, 24, 21, 23, 25}), deadline);
    }

    void twiceAtTheSameTime()
    {
        const auto client = m_shards->client();
        client->send(resume(15, "\"BTC\"", "e1", 1));
        client->send(resume(15, "\"ETH\"", "e1", 2));
        client->send(resume(15, "\"ETH\"", "e1", 3)); // is live by then
        QTRY_COMPARE_WITH_TIMEOUT(client->count("resumed"), 3, deadline);
        m_shards->post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->seqs(), (std::vector<Seq>{16, 18, 20, 17, 19, 21}), deadline);
    }

    void changesDuringAResumeComeAfterIt()
    {
        const auto client = m_shards->client();
        client->send(resume(25)); // waits
        client->send("{\"type\":\"unsubscribe\",\"id\":2,\"tokens\":[\"BTC\"]}");
        client->send("{\"type\":\"subscribe\",\"id\":3,\"tokens\":[\"NEW\"]}");
        client->send("{\"type\":\"ping\",\"id\":4}");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("pong"), 1, deadline); // does not wait
        QCOMPARE(client->count("unsubscribed"), 0);
        postMany(*m_shards, 8);
        QTRY_COMPARE_WITH_TIMEOUT(client->count("subscribed"), 2, deadline);
        QCOMPARE(client->count("unsubscribed"), 1);
        QVERIFY(!client->of("subscribed").last().contains(QLatin1String("recovered")));
        m_shards->post("BTC");
        const auto newToken = m_shards->post("NEW");
        QTRY_COMPARE_WITH_TIMEOUT(client->seqs().back(), newToken, deadline);
        auto expected = span(26, 28);
        expected.push_back(newToken);
        QCOMPARE(client->seqs(), expected);
    }

    void tooManyChangesDuringAResumeAreRefused()
    {
        const auto client = m_shards->client();
        client->send(resume(25));
        for (int i = 0; i <= limits::resumeCommandsMax; ++i)
            client->send("{\"type\":\"subscribe\",\"tokens\":[\"A\"]}");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("error"), 1, deadline);
        QCOMPARE(client->last("error").value(QLatin1String("code")).toInt(), 111);
    }

    void aClientThatLeavesDuringAResumeIsForgotten()
    {
        auto client = m_shards->client();
        client->send(resume(25));
        QTRY_COMPARE_WITH_TIMEOUT(m_shards->counters().catchingUp.load(), 1u, deadline);
        client.reset();
        QTRY_COMPARE_WITH_TIMEOUT(m_shards->counters().catchingUp.load(), 0u, deadline);
        postMany(*m_shards, 10);
        QTRY_COMPARE_WITH_TIMEOUT(m_shards->state.census().sessions.load(), 0, deadline);
    }

    void aNewEpochEndsOldPositions()
    {
        const auto waiting = m_shards->client();
        waiting->send(resume(25));
        QTRY_COMPARE_WITH_TIMEOUT(m_shards->counters().catchingUp.load(), 1u, deadline);
        m_shards->shards[0]->reset({});
        m_shards->live("e2");
        QTRY_COMPARE_WITH_TIMEOUT(waiting->closeCode, 4200, deadline);
        m_shards->post(priceFrame("BTC", 30));
        const auto client = m_shards->client();
        client->send(resume(20));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        QCOMPARE(recovered(*client), QJsonValue(false));
    }

    // Updates keep coming while clients resume from everywhere: each sees every update behind its position once.
    void resumesUnderFire()
    {
        std::mt19937 random(20261124);
        std::vector<std::pair<Seq, std::unique_ptr<TestClient>>> clients;
        for (int i = 0; i < 40; ++i) {
            const Seq from = std::uniform_int_distribution<Seq>(0, m_shards->seq + 3)(random);
            clients.emplace_back(from, m_shards->client());
            clients.back().second->send(resume(from));
            postMany(*m_shards, int(random() % 20));
        }
        postMany(*m_shards, 10);
        for (const auto &[from, client] : clients) {
            QTRY_VERIFY_WITH_TIMEOUT(!client->seqs().empty() && client->seqs().back() == m_shards->seq, deadline);
            QCOMPARE(client->seqs(), span(from + 1, m_shards->seq));
        }
    }

private:
    std::unique_ptr<TestShards> m_shards;
};

QTEST_GUILESS_MAIN(TestShardResume)
#include "tst_shardresume.moc"
