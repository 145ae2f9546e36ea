// Clients that send what QtWebSockets takes without a word: they are ended, and the others notice nothing.
#include "tests/core/shard/testshards.h"

using namespace odin;

namespace {

constexpr int deadline = 30'000;
constexpr int ping = 9, pong = 10;

QByteArray unmasked(const QByteArray &payload) { return QByteArray("\x81", 1) + char(payload.size()) + payload; }

// A frame of a message that goes on.
QByteArray piece(int opcode, const QByteArray &payload)
{
    return TestClient::frame(payload, opcode).replace(0, 1, QByteArray(1, char(opcode)));
}

} // namespace

class TestShardFloods : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void controlFrames_data()
    {
        QTest::addColumn<int>("opcode");
        QTest::newRow("pings") << ping;
        QTest::newRow("pongs nobody asked for") << pong;
    }
    void controlFrames()
    {
        QFETCH(int, opcode);
        TestShards shards;
        const auto client = shards.client(), bystander = shards.client("?tokens=*");
        for (int n = 0; n < limits::controlFramesBurstMax / 2; ++n)
            client->send({}, opcode);
        client->send(R"({"type":"ping"})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("pong"), 1, deadline); // half of what is allowed
        for (int n = 0; n < 10 * limits::controlFramesBurstMax; ++n)
            client->send({}, opcode);
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, 4102);
        QCOMPARE(shards.counters().controlFloods.load(), 1u);
        const auto last = shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(bystander->seqs(), std::vector<qint64>{last}, deadline);
    }

    void emptyPiecesForEver()
    {
        TestShards shards;
        const auto client = shards.client();
        client->socket.write(piece(1, "{"));
        for (int n = 0; n < 2 * limits::piecesBurstMax; ++n)
            client->socket.write(piece(0, {}));
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, 4102);
    }

    void aFrameThatIsNotMasked()
    {
        TestShards shards;
        const auto client = shards.client();
        client->socket.write(unmasked(R"({"type":"subscribe","tokens":["*"]})"));
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, 1002);
        QCOMPARE(client->count("subscribed"), 0);
        QCOMPARE(shards.counters().framesRefused.load(), 1u);
        QCOMPARE(shards.closes(CloseReason::ProtocolError), 1u);
    }

    void aFrameThatComesAByteAtATime()
    {
        TestShards shards;
        const auto client = shards.client(), slowButHonest = shards.client();
        const auto command = TestClient::frame(R"({"type":"ping"})", 1);
        qsizetype at = 0;
        QTimer trickle;
        QObject::connect(&trickle, &QTimer::timeout, &trickle, [&] {
            if (at < command.size() - 1)
                client->socket.write(command.sliced(at++, 1));
            slowButHonest->send(R"({"type":"ping"})");
        });
        trickle.start(900); // never 5 s of silence, which QtWebSockets would notice
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, 4000);
        QCOMPARE(shards.counters().trickled.load(), 1u);
        QVERIFY(at < command.size() - 1);
        QVERIFY(!slowButHonest->isGone());
    }

    void piecesOfAnHonestMessage()
    {
        TestShards shards;
        const auto client = shards.client();
        const QByteArray command = R"({"type":"ping","id":6})";
        client->socket.write(piece(1, command.first(5)));
        client->send({}, ping);
        client->socket.write(TestClient::frame(command.sliced(5), 0));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("pong"), 1, deadline);
        QCOMPARE(client->pongs.size(), 1);
    }

    void resumesHaveAQuota()
    {
        TestShards shards;
        shards.live("e1");
        const auto client = shards.client();
        for (int n = 0; n <= limits::resumesBurstMax; ++n)
            client->send(R"({"type":"subscribe","tokens":["BTC"],"resume":{"epoch":"other","seq":1}})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("error"), 1, deadline);
        QCOMPARE(client->last("error").value(QLatin1String("code")).toInt(), 111);
        QCOMPARE(client->count("subscribed"), limits::resumesBurstMax);
        QCOMPARE(shards.counters().quotaRefusals.load(), 1u);
    }
};

QTEST_GUILESS_MAIN(TestShardFloods)
#include "tst_shardfloods.moc"
