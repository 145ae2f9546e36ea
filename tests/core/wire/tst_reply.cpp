// Messages to one client have the fields of the contract.
#include "core/wire/framebuilder.h"
#include "core/wire/reply.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace odin;

namespace {

QJsonObject parsed(const QByteArray &text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("not JSON: %s", text.constData());
    return document.object();
}

} // namespace

class TestReply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void welcome()
    {
        UpstreamStatus upstream;
        upstream.epoch = "18a";
        const auto message = parsed(welcomeText({"node1", true}, upstream, "s-1", {"BTC", "ETH"}));
        for (const char *field : {"sessionId", "node", "version", "epoch", "serverTime", "heartbeatMs", "simulated",
                                  "durability", "tokens", "limits"})
            QVERIFY2(message.contains(QLatin1String(field)), field);
        QCOMPARE(message[QLatin1String("type")].toString(), QStringLiteral("welcome"));
        QCOMPARE(message[QLatin1String("tokens")].toArray().size(), 2);
        QCOMPARE(message[QLatin1String("durability")].toString(), QStringLiteral("jetstream"));
        QCOMPARE(message[QLatin1String("simulated")].toBool(), true);
    }

    void subscribed()
    {
        const TokenSelection selection{false, {"BTC"}};
        auto message = parsed(subscribedText(5, {selection, Channel::Price, {}, 42}, {}));
        QCOMPARE(message[QLatin1String("id")].toInt(), 5);
        QCOMPARE(message[QLatin1String("tokens")].toArray(), (QJsonArray{QStringLiteral("BTC")}));
        QCOMPARE(message[QLatin1String("channels")].toArray(), (QJsonArray{QStringLiteral("price")}));
        QCOMPARE(message[QLatin1String("mode")].toString(), QStringLiteral("auto"));
        QCOMPARE(message[QLatin1String("seq")].toInt(), 42);
        QVERIFY(!message.contains(QLatin1String("recovered")));
        QVERIFY(message[QLatin1String("maxHz")].isNull());
        message = parsed(subscribedText({}, {{true, {}}, Channel::Price, {Mode::Latest, 2.5}, 42}, false));
        QCOMPARE(message[QLatin1String("mode")].toString(), QStringLiteral("latest"));
        QCOMPARE(message[QLatin1String("maxHz")].toDouble(), 2.5);
        QVERIFY(!message.contains(QLatin1String("id")));
        QCOMPARE(message[QLatin1String("tokens")].toArray(), (QJsonArray{QStringLiteral("*")}));
        QCOMPARE(message[QLatin1String("recovered")], QJsonValue(false));
    }

    void snapshotRelaysBytes()
    {
        Update update;
        update.json = R"({"price":1.10})";
        StreamMessage message;
        message.seq = 3;
        const std::vector frames{updateFrame(update, message, 1), updateFrame(update, message, 2)};
        QCOMPARE(snapshotText(frames), R"({"type":"price:snapshot","updates":[{"price":1.10,"seq":3,"prev":1},)"
                                       R"({"price":1.10,"seq":3,"prev":2}]})");
        QCOMPARE(snapshotText({}), R"({"type":"price:snapshot","updates":[]})");
    }

    void status()
    {
        const auto message = parsed(statusText(UpstreamState::Reconnecting, 12, 0.84));
        QCOMPARE(message[QLatin1String("status")].toString(), QStringLiteral("reconnecting"));
        QCOMPARE(message[QLatin1String("connectedClients")].toInt(), 12);
        QCOMPARE(message[QLatin1String("latency")].toDouble(), 0.8);
    }

    void errorsSayWhetherToRetry()
    {
        QCOMPARE(parsed(errorText({3, ErrorCode::TooManyRequests, "slow"}))[QLatin1String("retryable")], QJsonValue(true));
        QCOMPARE(parsed(errorText({3, ErrorCode::BadRequest, "no"}))[QLatin1String("retryable")], QJsonValue(false));
        QCOMPARE(parsed(errorText({3, ErrorCode::BadRequest, "no"}))[QLatin1String("code")].toInt(), 107);
    }

    void pongEchoesOnlyScalars()
    {
        QCOMPARE(parsed(pongText(1, 17.25))[QLatin1String("clientTime")].toDouble(), 17.25);
        QVERIFY(!parsed(pongText(1, QJsonObject{{QStringLiteral("a"), 1}})).contains(QLatin1String("clientTime")));
    }
};

QTEST_APPLESS_MAIN(TestReply)
#include "tst_reply.moc"
