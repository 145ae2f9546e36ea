#include "ui/models/gatewayhistory.h"

namespace odin {

namespace {

double sum(const std::vector<NamedCount> &counts)
{
    quint64 total = 0;
    for (const auto &[name, count] : counts)
        total += count;
    return static_cast<double>(total);
}

} // namespace

void GatewayHistory::append(const GatewaySnapshot &snapshot)
{
    const auto now = snapshot.takenMs;
    clients.append(now, snapshot.clients);
    updatesPerSecond.append(now, snapshot.updatesPerSecond);
    deliveriesPerSecond.append(now, snapshot.deliveriesPerSecond);
    bytesPerSecond.append(now, snapshot.bytesPerSecond);
    cpuPercent.append(now, snapshot.cpuPercent);
    residentBytes.append(now, static_cast<double>(snapshot.residentBytes));
    closed.append(now, sum(snapshot.closes));
    conflated.append(now, static_cast<double>(snapshot.conflated));
    latency.append(snapshot);
    prices.append(snapshot);
    pricesOfAnHour.append(snapshot);
    events.append(snapshot);
    if (snapshot.gateway.count == 0)
        return;
    latencyP50Ms.append(now, snapshot.gateway.p50Ms);
    latencyP99Ms.append(now, snapshot.gateway.p99Ms);
    latencyMaxMs.append(now, snapshot.gateway.maxMs);
}

} // namespace odin
