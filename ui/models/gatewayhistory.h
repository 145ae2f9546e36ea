// GatewayHistory: what snapshots said during the last hour, for every chart of the console.
// Thread: one (main). Owner: MainWindow; pages read it.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/gatewayevents.h"
#include "ui/models/historyseries.h"
#include "ui/models/latencyhistory.h"
#include "ui/models/pricehistory.h"
#include "ui/models/pricetrends.h"

namespace odin {

struct GatewayHistory
{
    HistorySeries clients;
    HistorySeries updatesPerSecond;
    HistorySeries deliveriesPerSecond;
    HistorySeries bytesPerSecond;
    HistorySeries cpuPercent;
    HistorySeries residentBytes;
    HistorySeries closed;       ///< clients sent away, since the gateway's start
    HistorySeries conflated;    ///< updates that a newer one replaced, since the same
    HistorySeries latencyP50Ms; ///< without the seconds in which nothing was delivered, like the two below
    HistorySeries latencyP99Ms;
    HistorySeries latencyMaxMs;
    LatencyHistory latency;
    PriceTrends prices;
    PriceHistory pricesOfAnHour;
    GatewayEvents events;

    void append(const GatewaySnapshot &snapshot);
};

} // namespace odin
