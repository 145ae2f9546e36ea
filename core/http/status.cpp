#include "core/http/status.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace odin {

namespace {

QJsonObject latency(const LatencySummary &summary)
{
    return {{QStringLiteral("p50Ms"), summary.p50Ms},
            {QStringLiteral("p90Ms"), summary.p90Ms},
            {QStringLiteral("p99Ms"), summary.p99Ms},
            {QStringLiteral("maxMs"), summary.maxMs},
            {QStringLiteral("count"), qint64(summary.count)}};
}

QJsonObject stages(const std::vector<StageLatency> &parts)
{
    QJsonObject object;
    for (const auto &[name, summary] : parts)
        object.insert(QString::fromLatin1(name), latency(summary));
    return object;
}

QJsonObject counts(const std::vector<NamedCount> &named)
{
    QJsonObject object;
    for (const auto &[name, count] : named)
        object.insert(QString::fromLatin1(name), qint64(count));
    return object;
}

QJsonObject bus(const UpstreamStatus &upstream)
{
    return {{QStringLiteral("status"), QString::fromLatin1(statusWord(upstream.state))},
            {QStringLiteral("url"), upstream.url},
            {QStringLiteral("epoch"), QString::fromLatin1(upstream.epoch)},
            {QStringLiteral("durability"), upstream.durability == Durability::JetStream
                 ? QStringLiteral("jetstream") : QStringLiteral("none")},
            {QStringLiteral("detail"), upstream.detail}};
}

QJsonArray tokens(const std::vector<TokenRow> &rows)
{
    QJsonArray array;
    for (const auto &row : rows) {
        array.append(QJsonObject{{QStringLiteral("tokenId"), QString::fromLatin1(row.token)},
                                 {QStringLiteral("price"), row.price},
                                 {QStringLiteral("priceChange24h"), row.priceChange24h},
                                 {QStringLiteral("volume24h"), row.volume24h},
                                 {QStringLiteral("seq"), row.seq},
                                 {QStringLiteral("timestamp"), row.timestampMs},
                                 {QStringLiteral("stale"), row.stale},
                                 {QStringLiteral("ageMs"), row.ageMs},
                                 {QStringLiteral("expectedMs"), row.expectedMs}});
    }
    return array;
}

QJsonObject summary(const GatewaySnapshot &snapshot)
{
    return {
        {QStringLiteral("id"), QString::fromLatin1(snapshot.node)},
        {QStringLiteral("version"), QStringLiteral(ODIN_VERSION)},
        {QStringLiteral("time"), snapshot.takenMs},
        {QStringLiteral("uptimeMs"), qint64(snapshot.uptime.count())},
        {QStringLiteral("simulated"), snapshot.simulated},
        {QStringLiteral("draining"), snapshot.draining},
        {QStringLiteral("bus"), bus(snapshot.upstream)},
        {QStringLiteral("clients"), snapshot.clients},
        {QStringLiteral("connections"), snapshot.connections},
        {QStringLiteral("connectionsMax"), snapshot.connectionsMax},
        {QStringLiteral("clientsThinned"), snapshot.clientsThinned},
        {QStringLiteral("clientsCatchingUp"), snapshot.clientsCatchingUp},
        {QStringLiteral("staleTokens"), snapshot.staleTokens},
        {QStringLiteral("updatesPerSecond"), snapshot.updatesPerSecond},
        {QStringLiteral("deliveriesPerSecond"), snapshot.deliveriesPerSecond},
        {QStringLiteral("bytesPerSecond"), snapshot.bytesPerSecond},
        {QStringLiteral("gatewayLatency"), latency(snapshot.gateway)},
        {QStringLiteral("endToEndLatency"), latency(snapshot.endToEnd)},
        {QStringLiteral("stages"), stages(snapshot.stages)},
        {QStringLiteral("roundTrip"), latency(snapshot.roundTrip)},
        {QStringLiteral("cpuPercent"), snapshot.cpuPercent},
        {QStringLiteral("residentBytes"), snapshot.residentBytes},
        {QStringLiteral("busLagMs"), snapshot.busLagMs},
        {QStringLiteral("updates"), qint64(snapshot.updates)},
        {QStringLiteral("deliveries"), qint64(snapshot.deliveries)},
        {QStringLiteral("lost"), qint64(snapshot.lost)},
        {QStringLiteral("conflated"), qint64(snapshot.conflated)},
        {QStringLiteral("resumesRecovered"), qint64(snapshot.resumesRecovered)},
        {QStringLiteral("resumesRefused"), qint64(snapshot.resumesRefused)},
        {QStringLiteral("refused"), counts(snapshot.refused)},
        {QStringLiteral("closes"), counts(snapshot.closes)},
    };
}

QByteArray compact(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

} // namespace

QByteArray statusJson(const GatewaySnapshot &snapshot)
{
    auto object = summary(snapshot);
    object.insert(QStringLiteral("tokens"), tokens(snapshot.tokens));
    return compact(object);
}

QByteArray summaryJson(const GatewaySnapshot &snapshot) { return compact(summary(snapshot)); }

} // namespace odin
