// GatewayHistory: what snapshots said during the last hour, for every chart of the console.
// Thread: one (main). Owner: MainWindow; pages read it.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/historyseries.h"
#include "ui/models/pricetrends.h"

namespace odin {

struct GatewayHistory
{
    HistorySeries clients;
    HistorySeries deliveriesPerSecond;
    HistorySeries latencyP50Ms; ///< without the seconds in which nothing was delivered, like the two below
    HistorySeries latencyP99Ms;
    HistorySeries latencyMaxMs;
    PriceTrends prices;

    void append(const GatewaySnapshot &snapshot)
    {
        const auto now = snapshot.takenMs;
        clients.append(now, snapshot.clients);
        deliveriesPerSecond.append(now, snapshot.deliveriesPerSecond);
        prices.append(snapshot);
        if (snapshot.gateway.count == 0)
            return;
        latencyP50Ms.append(now, snapshot.gateway.p50Ms);
        latencyP99Ms.append(now, snapshot.gateway.p99Ms);
        latencyMaxMs.append(now, snapshot.gateway.maxMs);
    }
};

} // namespace odin
