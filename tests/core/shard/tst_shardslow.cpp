// Clients that do not read: they lose their own connection and nobody else's updates.
#include "tests/core/shard/testshards.h"

using namespace odin;

namespace {

constexpr int deadline = 60'000;

bool isUnbroken(const TestClient &client, Seq last)
{
    const auto updates = client.of("price:update");
    if (client.broken || updates.size() != last)
        return false;
    for (Seq i = 0; i < last; ++i) {
        if (updates[i].value(QLatin1String("seq")).toInteger() != i + 1)
            return false;
    }
    return true;
}

// What a newcomer is told.
int tokensKnown(TestShards &shards)
{
    const auto client = shards.client();
    const bool welcomed = QTest::qWaitFor([&] { return client->count("welcome") > 0; }, deadline);
    return !welcomed ? -1 : int(client->last("welcome").value(QLatin1String("tokens")).toArray().size());
}

} // namespace

class TestShardSlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    // In mode stream nothing is left out for it, so it has to go, and resume.
    void aSlowClientHurtsOnlyItself()
    {
        TestShards shards;
        const auto slow = shards.client();
        slow->send(R"({"type":"subscribe","tokens":["*"],"mode":"stream"})");
        const auto fast = shards.client("?tokens=*");
        QTRY_COMPARE_WITH_TIMEOUT(fast->count("price:snapshot"), 1, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(slow->count("price:snapshot"), 1, deadline);
        slow->pause();
        for (int round = 0; round < 400 && shards.closes(CloseReason::TooSlow) == 0; ++round) {
            for (int i = 0; i < 10; ++i)
                shards.post("BTC", 4000);
            QTRY_COMPARE_WITH_TIMEOUT(fast->count("price:update"), shards.seq, deadline);
        }
        QCOMPARE(shards.closes(CloseReason::TooSlow), 1u);
        QTRY_COMPARE_WITH_TIMEOUT(shards.state.census().sessions.load(), 1, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(shards.state.census().connections.load(), 1, deadline);
        QVERIFY(shards.seq * 4000 > qint64(limits::backlogBytesMax));
        shards.post("BTC");
        QTRY_VERIFY_WITH_TIMEOUT(isUnbroken(*fast, shards.seq), deadline);
        QVERIFY(shards.counters().queuedBytes.load() > 0);
    }

    // QtWebSockets answers every ping into the socket's buffer and tells nobody.
    void pongsThatNobodyReadsAreBounded()
    {
        TestShards shards;
        const auto client = shards.client();
        client->pause();
        const auto ping = TestClient::frame(QByteArray(125, 'p'), 9).repeated(1000);
        for (int i = 0; i < 400 && !client->isGone(); ++i) {
            if (client->socket.bytesToWrite() == 0)
                client->socket.write(ping);
            QTest::qWait(5);
        }
        QTRY_COMPARE_WITH_TIMEOUT(shards.closes(CloseReason::TooManyRequests), 1u, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(shards.state.census().sessions.load(), 0, deadline);
    }

    void aClosedClientThatDoesNotReadIsCut()
    {
        TestShards shards;
        const auto client = shards.client("?tokens=*");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        client->pause();
        while (shards.counters().queuedBytes.load() == 0 && shards.seq < 10'000) {
            shards.post("BTC", 4000);
            QTest::qWait(1);
        }
        shards.shards[0]->drain(std::chrono::milliseconds(0));
        QTRY_COMPARE_WITH_TIMEOUT(shards.state.census().sessions.load(), 0, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(shards.state.census().connections.load(), 0, deadline);
        QCOMPARE(shards.closes(CloseReason::Shutdown), 1u);
        QCOMPARE(shards.closes(CloseReason::TooSlow), 0u);
    }

    // 10,000 tokens are more than what a slow client may have waiting, and no reason to send a fast one away.
    void everyTokenFitsIntoASnapshot()
    {
        TestShards shards;
        std::vector<FramePtr> frames;
        for (Seq seq = 1; seq <= limits::tokensMax; ++seq)
            frames.push_back(priceFrame("T" + QByteArray::number(seq), seq, 0, 200));
        shards.shards[0]->post(frames);
        QTRY_COMPARE_WITH_TIMEOUT(tokensKnown(shards), limits::tokensMax, deadline);
        const auto client = shards.client("?tokens=*");
        for (Seq seq = limits::tokensMax + 1; seq <= limits::tokensMax + 50; ++seq)
            shards.post(priceFrame("T1", seq));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        const auto updates = client->last("price:snapshot").value(QLatin1String("updates")).toArray();
        QCOMPARE(updates.size(), limits::tokensMax);
        QTRY_COMPARE_WITH_TIMEOUT(client->accounted(), 50, deadline); // some may be thinned while it takes all that
        QVERIFY(!client->isGone());
    }

    // More frames than may wait for one shard: its clients are sent away to resume instead of missing some silently.
    void aShardThatCannotKeepUpSaysSo()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot keep up")));
        TestShards shards;
        const auto client = shards.client("?tokens=BTC");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("price:snapshot"), 1, deadline);
        shards.shards[0]->post(std::vector<FramePtr>(limits::mailboxFramesMax + 1, priceFrame("BTC", 1)));
        QTRY_COMPARE_WITH_TIMEOUT(client->closeCode, 4103, deadline);
        QCOMPARE(shards.counters().framesLost.load(), std::uint64_t(limits::mailboxFramesMax + 1));
        QCOMPARE(client->count("price:update"), 0);

        // What comes next is no longer whole with what came before: who resumes across it is told so.
        shards.live("e1");
        shards.shards[0]->reset(std::vector<FramePtr>{priceFrame("BTC", 900)});
        shards.post(priceFrame("BTC", 901));
        QTRY_COMPARE_WITH_TIMEOUT(shards.counters().ringFrames.load(), 2u, deadline);
        shards.past.fail();
        const auto back = shards.client();
        back->send(R"({"type":"subscribe","tokens":["BTC"],"resume":{"epoch":"e1","seq":899}})");
        QTRY_COMPARE_WITH_TIMEOUT(back->count("price:snapshot"), 1, deadline);
        QCOMPARE(back->last("subscribed").value(QLatin1String("recovered")), QJsonValue(false));
    }
};

QTEST_GUILESS_MAIN(TestShardSlow)
#include "tst_shardslow.moc"
