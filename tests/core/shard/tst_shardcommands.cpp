// What clients say to a shard, well and badly, and what becomes of those who do not stop.
#include "tests/core/shard/testshards.h"

using namespace odin;

namespace {

constexpr int deadline = 30'000;

int codeOf(const QJsonObject &error) { return error.value(QLatin1String("code")).toInt(); }

} // namespace

class TestShardCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void repliesEchoTheId()
    {
        TestShards shards;
        shards.live("e1");
        const auto client = shards.client();
        client->send(R"({"type":"subscribe","id":1,"tokens":["BTC","ETH"],"resume":{"epoch":"x","seq":5}})");
        client->send(R"({"type":"unsubscribe","id":2,"tokens":["BTC"]})");
        client->send(R"({"type":"ping","id":3,"clientTime":12.5})");
        client->send(R"({"type":"dance","id":4})");
        QTRY_COMPARE_WITH_TIMEOUT(client->count("error"), 1, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(client->count("unsubscribed"), 1, deadline);
        const auto id = [&](const char *type) { return client->last(type).value(QLatin1String("id")).toInt(); };
        QCOMPARE(id("subscribed"), 1);
        QCOMPARE(client->last("subscribed").value(QLatin1String("recovered")), QJsonValue(false));
        QCOMPARE(client->last("subscribed").value(QLatin1String("tokens")).toArray().size(), 2);
        QCOMPARE(id("unsubscribed"), 2);
        QCOMPARE(client->last("unsubscribed").value(QLatin1String("tokens")).toArray(),
                 QJsonArray{QStringLiteral("ETH")});
        QCOMPARE(id("pong"), 3);
        QCOMPARE(client->last("pong").value(QLatin1String("clientTime")).toDouble(), 12.5);
        QCOMPARE(id("error"), 4);
        QCOMPARE(codeOf(client->last("error")), 104);
        QCOMPARE(shards.counters().commands.load(), 4u);
        QCOMPARE(shards.counters().commandErrors.load(), 1u);
    }

    void binaryCommandsAreCommands()
    {
        TestShards shards;
        const auto client = shards.client();
        client->send(R"({"type":"subscribe","tokens":["*"]})", 2);
        QTRY_COMPARE_WITH_TIMEOUT(client->count("subscribed"), 1, deadline);
        client->send("\xff\x00\x01", 2);
        QTRY_COMPARE_WITH_TIMEOUT(client->count("error"), 1, deadline);
        QVERIFY(!client->isGone());
    }

    void refusesMoreTokensThanASessionMayHave()
    {
        TestShards shards;
        const auto client = shards.client();
        for (int half = 0; half < 3; ++half) {
            QByteArray list;
            for (int i = 0; i < limits::sessionTokensMax / 2; ++i)
                list += (i ? ",\"T" : "\"T") + QByteArray::number(half * 10'000 + i) + '"';
            client->send(R"({"type":"subscribe","tokens":[)" + list + "]}");
        }
        QTRY_COMPARE_WITH_TIMEOUT(client->count("error"), 1, deadline);
        QCOMPARE(codeOf(client->last("error")), 106);
        QCOMPARE(client->count("subscribed"), 2);
        QCOMPARE(client->last("subscribed").value(QLatin1String("tokens")).toArray().size(), limits::sessionTokensMax);
    }

    void aMessageTooBigEndsTheSession()
    {
        TestShards shards;
        const auto client = shards.client();
        client->send(QByteArray(limits::commandBytesMax + 1, ' '));
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, 1009);
        QTRY_COMPARE_WITH_TIMEOUT(shards.closes(CloseReason::MessageTooBig), 1u, deadline);
    }

    void aMessageOfTheLargestSizeIsRead()
    {
        TestShards shards;
        const auto client = shards.client();
        client->send(R"({"type":"ping"})" + QByteArray(limits::commandBytesMax - 15, ' '));
        QTRY_COMPARE_WITH_TIMEOUT(client->count("pong"), 1, deadline);
    }

    void brokenFramesEndTheSession_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("closeCode");
        QTest::newRow("a reserved bit") << QByteArray("\xc1\x80\x01\x02\x03\x04", 6) << 1002;
        QTest::newRow("a reserved opcode") << QByteArray("\x83\x80\x01\x02\x03\x04", 6) << 1002;
        QTest::newRow("no UTF-8") << TestClient::frame("\xff\xff", 1) << 1007;
        QTest::newRow("a fragmented ping") << QByteArray("\x09\x80\x01\x02\x03\x04", 6) << 1002;
        QTest::newRow("a continuation of nothing") << QByteArray("\x80\x80\x01\x02\x03\x04", 6) << 1002;
    }

    void brokenFramesEndTheSession()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, closeCode);
        TestShards shards;
        const auto client = shards.client();
        client->socket.write(bytes);
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, closeCode);
        QTRY_COMPARE_WITH_TIMEOUT(shards.counters().sessionsClosed.load(), 1u, deadline);
    }

    void aFloodIsAnsweredAndThenEnded()
    {
        TestShards shards;
        const auto client = shards.client();
        for (int i = 0; i < 2 * limits::commandBurstMax + 3 * limits::commandErrorsMax; ++i)
            client->send(R"({"type":"ping"})");
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, 4102);
        QVERIFY(client->count("pong") >= limits::commandBurstMax);
        QCOMPARE(client->count("error"), limits::commandErrorsMax);
        QCOMPARE(codeOf(client->last("error")), 111);
        QCOMPARE(client->last("error").value(QLatin1String("retryable")), QJsonValue(true));
        QCOMPARE(shards.closes(CloseReason::TooManyRequests), 1u);
    }

    void tooManyErrorsEndTheSession()
    {
        TestShards shards;
        const auto client = shards.client();
        for (int i = 0; i <= limits::commandErrorsMax && !client->isGone(); ++i) {
            client->send("nonsense");
            if (i > limits::commandBurstMax / 2)
                QTest::qWait(1000 / limits::commandsPerSecondMax + 10); // no flood
        }
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, 4009);
        QCOMPARE(client->count("error"), limits::commandErrorsMax);
        QCOMPARE(codeOf(client->last("error")), 107);
    }

    void aClientsGoodbyeIsAnswered()
    {
        TestShards shards;
        const auto client = shards.client("?tokens=*");
        client->send(QByteArray("\x03\xe8", 2), 8);
        QTRY_VERIFY_WITH_TIMEOUT(client->isGone(), deadline);
        QCOMPARE(client->closeCode, 1000);
        shards.post("BTC");
        QTRY_COMPARE_WITH_TIMEOUT(shards.state.census().sessions.load(), 0, deadline);
        QTRY_COMPARE_WITH_TIMEOUT(shards.state.census().connections.load(), 0, deadline);
    }
};

QTEST_GUILESS_MAIN(TestShardCommands)
#include "tst_shardcommands.moc"
