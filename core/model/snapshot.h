// What an operator sees of a gateway at one moment: immutable, made once a second by core/stats.
// Values; any thread (shared as std::shared_ptr<const GatewaySnapshot>).
#pragma once

#include "core/model/simulator.h"
#include "core/model/types.h"
#include "core/model/upstream.h"

#include <QString>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace odin {

/// How many of the times measured were no longer than this, and longer than the step before.
struct LatencyStep
{
    qint64 upToMicros = 0;
    quint64 count = 0;

    bool operator==(const LatencyStep &) const = default;
};

struct LatencySummary
{
    double p50Ms = 0;
    double p90Ms = 0;
    double p99Ms = 0;
    double maxMs = 0;
    quint64 count = 0;
    /// What the percentiles were made of, shortest first: those of a longer time come from the sum of these.
    std::vector<LatencyStep> steps = {};
};

/// One part of the way of an update: see stageNames in core/flow/counters.h.
struct StageLatency
{
    QByteArray name;
    LatencySummary latency;
};

struct TokenRow
{
    QByteArray token;
    double price = 0;
    double priceChange24h = 0;
    double volume24h = 0;
    Seq seq = 0;
    qint64 timestampMs = 0;
    bool stale = false;         ///< silent for longer than is normal for it
    qint64 ageMs = 0;           ///< since its last update was published
    qint64 expectedMs = 0;      ///< longest silence that is normal for it; 0 = not known yet, or too rare to be judged
};

/// Where the gateway can be reached.
struct GatewayAddresses
{
    QString page;   ///< http://127.0.0.1:8080/
    QString ws;     ///< ws://127.0.0.1:8080/ws
    QString admin;  ///< http://127.0.0.1:8081/

    bool operator==(const GatewayAddresses &) const = default;
};

using NamedCount = std::pair<QByteArray, quint64>;

struct GatewaySnapshot
{
    qint64 takenMs = 0;
    std::chrono::milliseconds uptime{0};
    QByteArray node;
    GatewayAddresses addresses;
    UpstreamStatus upstream;
    std::optional<BrokerRestart> brokerRestart; ///< only while a managed broker is down
    bool simulated = false;
    bool draining = false;

    int clients = 0;            ///< open WebSocket sessions
    int connections = 0;        ///< accepted, sessions included
    int connectionsMax = 0;
    int clientsThinned = 0;     ///< get only the newest per token now, because they are slow
    int clientsCatchingUp = 0;  ///< resume now
    int staleTokens = 0;        ///< silent now, for longer than is normal for them

    // Since the snapshot before
    double updatesPerSecond = 0;
    double deliveriesPerSecond = 0;
    double bytesPerSecond = 0;
    double connectsPerSecond = 0;
    qint64 busLagMs = 0;        ///< stored by the bus -> received here, of the newest update (two clocks)
    LatencySummary gateway;     ///< feed -> written to the socket
    LatencySummary endToEnd;    ///< publisher's timestamp -> written to the socket
    std::vector<StageLatency> stages;   ///< the parts of the way, in its order
    LatencySummary roundTrip;   ///< ping written to a client -> its pong read
    double cpuPercent = 0;      ///< of one core

    // Since the start
    quint64 updates = 0;
    quint64 deliveries = 0;
    quint64 lost = 0;           ///< frames that had to be dropped inside the gateway
    quint64 conflated = 0;      ///< updates that a newer one replaced, for slow clients and those of mode `latest`
    quint64 resumesRecovered = 0;
    quint64 resumesRefused = 0; ///< answered recovered:false
    std::vector<NamedCount> refused;    ///< publishers' messages by reason, only those above 0
    std::vector<NamedCount> closes;     ///< sessions by reason, only those above 0

    qint64 residentBytes = 0;
    std::vector<TokenRow> tokens;
    std::optional<SimulatorStatus> simulator;
};

using SnapshotPtr = std::shared_ptr<const GatewaySnapshot>;

} // namespace odin
