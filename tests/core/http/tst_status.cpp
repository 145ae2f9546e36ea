// The status object that operators' scripts and other gateways read.
#include "core/http/status.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace odin;

class TestStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysEverything()
    {
        GatewaySnapshot snapshot;
        snapshot.node = "n1";
        snapshot.uptime = std::chrono::milliseconds(1234);
        snapshot.upstream.state = UpstreamState::Live;
        snapshot.upstream.epoch = "e1";
        snapshot.upstream.url = QStringLiteral("nats://127.0.0.1:4222");
        snapshot.clients = 3;
        snapshot.gateway.p99Ms = 1.5;
        snapshot.updates = 9'007'199'254'740'991;
        snapshot.refused = {{"bad_price", 2}};
        snapshot.closes = {{"too slow", 1}};
        snapshot.tokens = {{"BTC", 50'000.5, -1, 2, 77, 1'700'000'000'000, true, 12'000, 3000}};
        snapshot.staleTokens = 1;
        snapshot.stages = {{"feed_to_hub", {.p50Ms = 0.1, .p90Ms = 0.2, .p99Ms = 0.25, .maxMs = 1, .count = 9}}};
        snapshot.conflated = 11;
        snapshot.clientsThinned = 12;
        snapshot.clientsCatchingUp = 13;
        snapshot.resumesRecovered = 14;
        snapshot.resumesRefused = 15;
        QJsonParseError error;
        const auto status = QJsonDocument::fromJson(statusJson(snapshot), &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        const auto at = [&status](const char *key) { return status.value(QLatin1String(key)); };
        const auto in = [&at](const char *object, const char *key) {
            return at(object).toObject().value(QLatin1String(key));
        };
        QCOMPARE(at("id"), QStringLiteral("n1"));
        QCOMPARE(at("version"), QStringLiteral(ODIN_VERSION));
        QCOMPARE(at("uptimeMs").toInteger(), 1234);
        QCOMPARE(at("clients").toInt(), 3);
        QCOMPARE(at("updates").toInteger(), 9'007'199'254'740'991);
        QCOMPARE(in("bus", "status"), QStringLiteral("connected"));
        QCOMPARE(in("bus", "epoch"), QStringLiteral("e1"));
        QCOMPARE(in("bus", "durability"), QStringLiteral("jetstream"));
        QCOMPARE(in("gatewayLatency", "p99Ms").toDouble(), 1.5);
        QCOMPARE(in("refused", "bad_price").toInt(), 2);
        QCOMPARE(in("closes", "too slow").toInt(), 1);
        const auto token = at("tokens").toArray().at(0).toObject();
        QCOMPARE(token.value(QLatin1String("tokenId")), QStringLiteral("BTC"));
        QCOMPARE(token.value(QLatin1String("price")).toDouble(), 50'000.5);
        QCOMPARE(token.value(QLatin1String("seq")).toInt(), 77);
        QCOMPARE(token.value(QLatin1String("stale")).toBool(), true);
        QCOMPARE(token.value(QLatin1String("ageMs")).toInt(), 12'000);
        QCOMPARE(token.value(QLatin1String("expectedMs")).toInt(), 3000);
        QCOMPARE(at("staleTokens").toInt(), 1);
        QCOMPARE(at("conflated").toInt(), 11);
        QCOMPARE(at("clientsThinned").toInt(), 12);
        QCOMPARE(at("clientsCatchingUp").toInt(), 13);
        QCOMPARE(at("resumesRecovered").toInt(), 14);
        QCOMPARE(at("resumesRefused").toInt(), 15);
        const auto stage = in("stages", "feed_to_hub").toObject();
        QCOMPARE(stage.value(QLatin1String("p99Ms")).toDouble(), 0.25);
        QCOMPARE(stage.value(QLatin1String("count")).toInt(), 9);
        const auto summary = QJsonDocument::fromJson(summaryJson(snapshot)).object(); // on the bus: all but the tokens
        QVERIFY(!summary.contains(QLatin1String("tokens")));
        QCOMPARE(summary.value(QLatin1String("stages")), at("stages"));
    }

    void ofNothingIsAnObjectToo()
    {
        const auto status = QJsonDocument::fromJson(statusJson({})).object();
        QVERIFY(status.value(QLatin1String("tokens")).toArray().isEmpty());
        QVERIFY(status.value(QLatin1String("refused")).isObject());
        QCOMPARE(status.value(QLatin1String("bus")).toObject().value(QLatin1String("status")),
                 QStringLiteral("reconnecting"));
    }
};

QTEST_APPLESS_MAIN(TestStatus)
#include "tst_status.moc"
