// Collector: turns counters into one immutable snapshot a second.
// Thread: the control thread, except latest(): any. Owner: core/gateway.
#pragma once

#include "core/base/processusage.h"
#include "core/flow/counters.h"
#include "core/flow/gatewaystate.h"
#include "core/flow/latestview.h"
#include "core/flow/simulatorcontrol.h"
#include "core/model/snapshot.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <mutex>

namespace odin {

class Collector : public QObject
{
    Q_OBJECT
public:
    struct Sources
    {
        CounterSources counters;
        GatewayState *state = nullptr;
        const LatestView *latest = nullptr;
        std::function<std::optional<SimulatorStatus>()> simulator; ///< may be empty
        int connectionsMax = 0;
    };

    /// Everything the sources point to must outlive the collector. The first snapshot is there at once.
    explicit Collector(Sources sources);

    SnapshotPtr latest() const;

    /// Known once the ports are open.
    void setAddresses(const GatewayAddresses &addresses);

private:
    // Counters as of the last snapshot, to make rates of.
    struct Totals
    {
        SteadyTime at;
        std::uint64_t updates = 0, deliveries = 0, bytes = 0, opened = 0;
        std::chrono::microseconds cpu{0};
        HistogramSnapshot gateway, endToEnd, roundTrip;
        StageHistograms stages;
    };
    void collect();
    Totals totals(const ProcessUsage &usage) const;
    void fillRates(GatewaySnapshot &snapshot, const Totals &now) const;
    void fillCounts(GatewaySnapshot &snapshot) const;
    void fillTokens(GatewaySnapshot &snapshot) const;

    const Sources m_sources;
    const SteadyTime m_started;
    QTimer m_timer;
    Totals m_before;
    GatewayAddresses m_addresses;

    mutable std::mutex m_mutex;
    SnapshotPtr m_latest; // guarded by m_mutex
};

} // namespace odin
