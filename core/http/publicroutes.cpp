#include "core/http/publicroutes.h"

#include "core/model/limits.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

namespace odin {

namespace {

QByteArray compact(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

HttpResponse config(const GatewayState &state, Admittance admittance)
{
    QJsonObject object{{QStringLiteral("ws"), QStringLiteral("/ws")},
                             {QStringLiteral("heartbeatMs"), qint64(limits::heartbeatMs.count())},
                             {QStringLiteral("simulated"), state.isSimulated()},
                             {QStringLiteral("version"), QStringLiteral(ODIN_VERSION)}};
    if (admittance == Admittance::WithToken)
        object.insert(QStringLiteral("authRequired"), true);
    return {200, "application/json", compact(object), {}};
}

QString stateName(UpstreamState state)
{
    switch (state) {
    case UpstreamState::Connecting: return QStringLiteral("connecting");
    case UpstreamState::Replaying: return QStringLiteral("replaying");
    case UpstreamState::Live: return QStringLiteral("live");
    case UpstreamState::Reconnecting: return QStringLiteral("reconnecting");
    case UpstreamState::Error: return QStringLiteral("error");
    }
    return {};
}

// One entry of "checks": an array, as the draft wants it.
QJsonArray check(const QString &status, const QJsonValue &observed, const QString &output = {})
{
    QJsonObject entry{{QStringLiteral("status"), status}, {QStringLiteral("observedValue"), observed}};
    if (!output.isEmpty())
        entry.insert(QStringLiteral("output"), output);
    return {entry};
}

QString passIf(bool good) { return good ? QStringLiteral("pass") : QStringLiteral("fail"); }
QString passOrWarn(bool good) { return good ? QStringLiteral("pass") : QStringLiteral("warn"); }

// Names some of them, so that an operator knows where to look.
QJsonArray staleCheck(const GatewaySnapshot &snapshot)
{
    QStringList names;
    for (const auto &row : snapshot.tokens) {
        if (row.stale && names.size() < limits::staleNamesMax)
            names.append(QString::fromLatin1(row.token));
    }
    if (snapshot.staleTokens > names.size())
        names.append(QStringLiteral("..."));
    return check(passOrWarn(snapshot.staleTokens == 0), snapshot.staleTokens, names.join(QStringLiteral(", ")));
}

QJsonArray latencyCheck(const LatencySummary &latency)
{
    return {QJsonObject{{QStringLiteral("status"), QStringLiteral("pass")},
                        {QStringLiteral("observedValue"), latency.p99Ms},
                        {QStringLiteral("observedUnit"), QStringLiteral("ms")}}};
}

QJsonObject checks(const GatewaySnapshot &snapshot)
{
    const bool durable = snapshot.upstream.durability == Durability::JetStream;
    QJsonObject object{
        {QStringLiteral("bus:state"), check(passIf(snapshot.upstream.state == UpstreamState::Live),
                                            stateName(snapshot.upstream.state), snapshot.upstream.detail)},
        {QStringLiteral("bus:durability"),
         check(passOrWarn(durable), durable ? QStringLiteral("jetstream") : QStringLiteral("none"))},
        {QStringLiteral("clients:open"), check(QStringLiteral("pass"), snapshot.clients)},
        {QStringLiteral("connections:room"), check(passOrWarn(snapshot.connections < snapshot.connectionsMax),
                                                   snapshot.connectionsMax - snapshot.connections)},
        {QStringLiteral("delivery:lost"), check(passOrWarn(snapshot.lost == 0), qint64(snapshot.lost))},
        {QStringLiteral("delivery:p99Ms"), check(QStringLiteral("pass"), snapshot.gateway.p99Ms)},
        {QStringLiteral("feed:stale"), staleCheck(snapshot)},
    };
    for (const auto &[name, latency] : snapshot.stages)
        object.insert(QStringLiteral("latency:") + QString::fromLatin1(name), latencyCheck(latency));
    return object;
}

} // namespace

HttpResponse readiness(const UpstreamStatus &upstream, bool draining)
{
    if (draining)
        return problem(503, "Not ready", "the gateway is shutting down");
    if (upstream.state != UpstreamState::Live)
        return problem(503, "Not ready",
                       "the bus is " + stateName(upstream.state).toUtf8()
                           + (upstream.detail.isEmpty() ? QByteArray() : ": " + upstream.detail.toUtf8()));
    return {200, "text/plain; charset=utf-8", "ok\n", {}};
}

HttpResponse health(const GatewaySnapshot &snapshot)
{
    const bool live = snapshot.upstream.state == UpstreamState::Live && !snapshot.draining;
    const bool durable = snapshot.upstream.durability == Durability::JetStream;
    const auto status = !live ? QStringLiteral("fail") : passOrWarn(durable && snapshot.lost == 0);
    const QJsonObject object{
        {QStringLiteral("status"), status},
        {QStringLiteral("version"), QStringLiteral(ODIN_VERSION)},
        {QStringLiteral("serviceId"), QString::fromLatin1(snapshot.node)},
        {QStringLiteral("description"), QStringLiteral("Odin price gateway")},
        {QStringLiteral("epoch"), QString::fromLatin1(snapshot.upstream.epoch)},
        {QStringLiteral("durability"), durable ? QStringLiteral("jetstream") : QStringLiteral("none")},
        {QStringLiteral("simulated"), snapshot.simulated},
        {QStringLiteral("uptimeMs"), qint64(snapshot.uptime.count())},
        {QStringLiteral("time"),
         QDateTime::fromMSecsSinceEpoch(snapshot.takenMs, Qt::UTC).toString(Qt::ISODateWithMs)},
        {QStringLiteral("checks"), checks(snapshot)},
    };
    return {live ? 200 : 503, "application/health+json", compact(object), {}};
}

void addPublicRoutes(Router &router, const GatewayState &state, SnapshotSource snapshot, Admittance admittance)
{
    router.get("/config.json", [&state, admittance](const HttpRequest &) { return config(state, admittance); });
    router.get("/livez", [](const HttpRequest &) { return HttpResponse{200, "text/plain; charset=utf-8", "ok\n", {}}; });
    router.get("/readyz", [&state](const HttpRequest &) { return readiness(state.upstream(), state.isDraining()); });
    router.get("/healthz", [&state, snapshot](const HttpRequest &) {
        auto now = *snapshot(); // up to a second old; what decides the status is not, so that /readyz says the same
        now.upstream = state.upstream();
        now.draining = state.isDraining();
        return health(now);
    });
}

} // namespace odin
