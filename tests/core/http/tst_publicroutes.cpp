// What probes and pages ask the public port.
#include "core/http/publicroutes.h"
#include "core/model/limits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace odin;

Q_DECLARE_METATYPE(odin::UpstreamState)

namespace {

UpstreamStatus upstream(UpstreamState state, const char *detail = "")
{
    UpstreamStatus status;
    status.state = state;
    status.detail = QString::fromLatin1(detail);
    return status;
}

GatewaySnapshot liveSnapshot()
{
    GatewaySnapshot snapshot;
    snapshot.node = "node-1";
    snapshot.takenMs = 1'700'000'000'123;
    snapshot.upstream = upstream(UpstreamState::Live);
    snapshot.clients = 7;
    snapshot.connections = 9;
    snapshot.connectionsMax = 100;
    return snapshot;
}

QJsonObject json(const HttpResponse &response) { return QJsonDocument::fromJson(response.body).object(); }

QJsonObject checkOf(const QJsonObject &health, const char *name)
{
    return health.value(QLatin1String("checks")).toObject().value(QLatin1String(name)).toArray().first().toObject();
}

QString statusOf(const QJsonObject &health, const char *name)
{
    return checkOf(health, name).value(QLatin1String("status")).toString();
}

} // namespace

class TestPublicRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readiness_data()
    {
        QTest::addColumn<UpstreamState>("state");
        QTest::addColumn<bool>("draining");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("live") << UpstreamState::Live << false << 200 << QByteArray("ok\n");
        QTest::newRow("live, draining") << UpstreamState::Live << true << 503 << QByteArray("shutting down");
        QTest::newRow("connecting") << UpstreamState::Connecting << false << 503 << QByteArray("connecting: why");
        QTest::newRow("replaying") << UpstreamState::Replaying << false << 503 << QByteArray("replaying");
        QTest::newRow("reconnecting") << UpstreamState::Reconnecting << false << 503 << QByteArray("reconnecting");
        QTest::newRow("error") << UpstreamState::Error << false << 503 << QByteArray("error: why");
    }

    void readiness()
    {
        QFETCH(const UpstreamState, state);
        QFETCH(const bool, draining);
        QFETCH(const int, status);
        QFETCH(const QByteArray, says);
        const auto response = odin::readiness(upstream(state, "why"), draining);
        QCOMPARE(response.status, status);
        QVERIFY2(response.body.contains(says), response.body.constData());
        if (status != 200)
            QCOMPARE(response.contentType, QByteArray("application/problem+json"));
    }

    void healthPasses()
    {
        const auto response = health(liveSnapshot());
        QCOMPARE(response.status, 200);
        QCOMPARE(response.contentType, QByteArray("application/health+json"));
        const auto object = json(response);
        QCOMPARE(object.value(QLatin1String("status")), QStringLiteral("pass"));
        QCOMPARE(object.value(QLatin1String("serviceId")), QStringLiteral("node-1"));
        QCOMPARE(object.value(QLatin1String("time")), QStringLiteral("2023-11-14T22:13:20.123Z"));
        for (const char *name : {"bus:state", "bus:durability", "clients:open", "connections:room", "delivery:lost"})
            QCOMPARE(statusOf(object, name), QStringLiteral("pass"));
    }

    void healthWarns()
    {
        auto snapshot = liveSnapshot();
        snapshot.upstream.durability = Durability::None;
        snapshot.connections = snapshot.connectionsMax;
        const auto object = json(health(snapshot));
        QCOMPARE(health(snapshot).status, 200);
        QCOMPARE(object.value(QLatin1String("status")), QStringLiteral("warn"));
        QCOMPARE(object.value(QLatin1String("durability")), QStringLiteral("none"));
        QCOMPARE(statusOf(object, "bus:durability"), QStringLiteral("warn"));
        QCOMPARE(statusOf(object, "connections:room"), QStringLiteral("warn"));
        snapshot = liveSnapshot();
        snapshot.lost = 1;
        QCOMPARE(json(health(snapshot)).value(QLatin1String("status")), QStringLiteral("warn"));
    }

    void healthNamesStaleTokens()
    {
        auto snapshot = liveSnapshot();
        QCOMPARE(statusOf(json(health(snapshot)), "feed:stale"), QStringLiteral("pass"));
        const auto addStale = [&snapshot](const QByteArray &token) {
            snapshot.tokens.push_back({.token = token, .stale = true});
            ++snapshot.staleTokens;
        };
        snapshot.tokens.push_back({.token = "ALIVE"});
        addStale("BTC");
        addStale("ETH");
        const auto two = checkOf(json(health(snapshot)), "feed:stale");
        QCOMPARE(two.value(QLatin1String("status")), QStringLiteral("warn"));
        QCOMPARE(two.value(QLatin1String("observedValue")), 2);
        QCOMPARE(two.value(QLatin1String("output")), QStringLiteral("BTC, ETH"));
        for (int more = 0; more < 20; ++more)
            addStale("T" + QByteArray::number(more));
        const auto many = checkOf(json(health(snapshot)), "feed:stale");
        QCOMPARE(many.value(QLatin1String("observedValue")), 22);
        const auto names = many.value(QLatin1String("output")).toString();
        QCOMPARE(names.split(QLatin1Char(',')).size(), limits::staleNamesMax + 1);
        QVERIFY(names.endsWith(QLatin1String("T7, ...")));
        QCOMPARE(health(snapshot).status, 200); // a publisher's fault is not ours
        QCOMPARE(json(health(snapshot)).value(QLatin1String("status")), QStringLiteral("pass"));
    }

    void healthShowsTheStages()
    {
        auto snapshot = liveSnapshot();
        snapshot.stages = {{"feed_to_hub", {.p50Ms = 1, .p90Ms = 2, .p99Ms = 3.5, .maxMs = 4, .count = 5}}};
        const auto check = checkOf(json(health(snapshot)), "latency:feed_to_hub");
        QCOMPARE(check.value(QLatin1String("observedValue")), 3.5);
        QCOMPARE(check.value(QLatin1String("observedUnit")), QStringLiteral("ms"));
        QCOMPARE(check.value(QLatin1String("status")), QStringLiteral("pass"));
    }

    void healthFails()
    {
        auto snapshot = liveSnapshot();
        snapshot.upstream.state = UpstreamState::Reconnecting;
        QCOMPARE(health(snapshot).status, 503);
        QCOMPARE(json(health(snapshot)).value(QLatin1String("status")), QStringLiteral("fail"));
        QCOMPARE(statusOf(json(health(snapshot)), "bus:state"), QStringLiteral("fail"));
        snapshot = liveSnapshot();
        snapshot.draining = true;
        QCOMPARE(health(snapshot).status, 503);
    }

    void routesFollowTheState()
    {
        GatewayState state("node");
        Router router;
        addPublicRoutes(router, state, [] { return std::make_shared<const GatewaySnapshot>(); });
        const auto ask = [&router](const QByteArray &path) { return router.route({"GET", path, {}, {}, {}}); };
        QCOMPARE(ask("/livez").status, 200);
        QCOMPARE(ask("/readyz").status, 503);
        QCOMPARE(ask("/healthz").status, 503);
        state.setUpstream(upstream(UpstreamState::Live));
        QCOMPARE(ask("/readyz").status, 200);
        state.setDraining();
        QCOMPARE(ask("/readyz").status, 503);
        QCOMPARE(ask("/livez").status, 200);
        QCOMPARE(json(ask("/config.json")).value(QLatin1String("simulated")), QJsonValue(false));
        state.setSimulated(true);
        const auto config = json(ask("/config.json"));
        QCOMPARE(config.value(QLatin1String("simulated")), QJsonValue(true));
        QCOMPARE(config.value(QLatin1String("ws")), QStringLiteral("/ws"));
        QVERIFY(config.value(QLatin1String("heartbeatMs")).toInt() > 0);
    }
};

QTEST_APPLESS_MAIN(TestPublicRoutes)
#include "tst_publicroutes.moc"
