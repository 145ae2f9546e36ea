#include "core/stats/collector.h"

#include "core/model/closereason.h"

#include <algorithm>

namespace odin {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds collectEvery{1000};

LatencySummary summary(const HistogramSnapshot &histogram)
{
    const auto ms = [](HistogramSnapshot::Micros micros) { return double(micros.count()) / 1000; };
    LatencySummary summary{ms(histogram.percentile(50)), ms(histogram.percentile(90)), ms(histogram.percentile(99)),
                           ms(histogram.max()), histogram.count()};
    for (const auto &[upTo, count] : histogram.filledSteps())
        summary.steps.push_back({upTo.count(), count});
    return summary;
}

} // namespace

Collector::Collector(Sources sources) : m_sources(std::move(sources)), m_started(steady_clock::now())
{
    m_before = totals(ownUsage());
    collect();
    connect(&m_timer, &QTimer::timeout, this, &Collector::collect);
    m_timer.start(collectEvery);
}

SnapshotPtr Collector::latest() const
{
    const std::lock_guard lock(m_mutex);
    return m_latest;
}

void Collector::setAddresses(const GatewayAddresses &addresses)
{
    m_addresses = addresses;
    collect();
}

void Collector::collect()
{
    const auto usage = ownUsage();
    auto now = totals(usage);
    auto snapshot = std::make_shared<GatewaySnapshot>();
    snapshot->takenMs = wallMs();
    snapshot->uptime = std::chrono::duration_cast<std::chrono::milliseconds>(now.at - m_started);
    snapshot->node = m_sources.state->node();
    snapshot->addresses = m_addresses;
    snapshot->upstream = m_sources.state->upstream();
    snapshot->brokerRestart = m_sources.state->brokerRestart();
    snapshot->simulated = m_sources.state->isSimulated();
    snapshot->draining = m_sources.state->isDraining();
    snapshot->residentBytes = usage.residentBytes;
    fillRates(*snapshot, now);
    fillCounts(*snapshot);
    fillTokens(*snapshot);
    if (m_sources.simulator)
        snapshot->simulator = m_sources.simulator();
    m_before = std::move(now);
    const std::lock_guard lock(m_mutex);
    m_latest = std::move(snapshot);
}

Collector::Totals Collector::totals(const ProcessUsage &usage) const
{
    const auto &counters = m_sources.counters;
    return {steady_clock::now(),
            counters.feed->updates.load(std::memory_order_relaxed),
            counters.total(&ShardCounters::deliveries),
            counters.total(&ShardCounters::bytes),
            counters.total(&ShardCounters::sessionsOpened),
            usage.cpu,
            counters.latency(&ShardCounters::gatewayLatency),
            counters.latency(&ShardCounters::endToEndLatency),
            counters.latency(&ShardCounters::roundTrip),
            counters.stages()};
}

void Collector::fillRates(GatewaySnapshot &snapshot, const Totals &now) const
{
    const double seconds = std::chrono::duration<double>(now.at - m_before.at).count();
    if (seconds <= 0)
        return;
    snapshot.updatesPerSecond = double(now.updates - m_before.updates) / seconds;
    snapshot.deliveriesPerSecond = double(now.deliveries - m_before.deliveries) / seconds;
    snapshot.bytesPerSecond = double(now.bytes - m_before.bytes) / seconds;
    snapshot.connectsPerSecond = double(now.opened - m_before.opened) / seconds;
    snapshot.cpuPercent = 100 * std::chrono::duration<double>(now.cpu - m_before.cpu).count() / seconds;
    snapshot.gateway = summary(now.gateway - m_before.gateway);
    snapshot.endToEnd = summary(now.endToEnd - m_before.endToEnd);
    snapshot.roundTrip = summary(now.roundTrip - m_before.roundTrip);
    for (std::size_t stage = 0; stage < stageNames.size(); ++stage)
        snapshot.stages.push_back({stageNames[stage], summary(now.stages[stage] - m_before.stages[stage])});
}

void Collector::fillCounts(GatewaySnapshot &snapshot) const
{
    const auto &counters = m_sources.counters;
    snapshot.clients = m_sources.state->census().sessions.load();
    snapshot.connections = m_sources.state->census().connections.load();
    snapshot.connectionsMax = m_sources.connectionsMax;
    snapshot.updates = counters.feed->updates.load(std::memory_order_relaxed);
    snapshot.deliveries = counters.total(&ShardCounters::deliveries);
    snapshot.busLagMs = counters.hub->busLagMs.load(std::memory_order_relaxed);
    snapshot.lost = counters.total(&ShardCounters::framesLost);
    snapshot.conflated = counters.total(&ShardCounters::conflated);
    snapshot.resumesRecovered = counters.total(&ShardCounters::resumesRecovered);
    snapshot.resumesRefused = counters.total(&ShardCounters::resumesRefused);
    snapshot.clientsThinned = int(counters.total(&ShardCounters::thinning));
    snapshot.clientsCatchingUp = int(counters.total(&ShardCounters::catchingUp));
    for (int reason = 0; reason < refusalCount; ++reason) {
        if (const auto count = counters.feed->refused[std::size_t(reason)].load(std::memory_order_relaxed))
            snapshot.refused.emplace_back(refusalName(Refusal(reason)), count);
    }
    for (std::size_t rule = 0; rule < closeRules.size(); ++rule) {
        if (const auto count = counters.closes(rule))
            snapshot.closes.emplace_back(closeRules[rule].name, count);
    }
}

void Collector::fillTokens(GatewaySnapshot &snapshot) const
{
    const auto now = steady_clock::now();
    for (const auto &[frame, heard, expected, stale] : m_sources.latest->latestTokens()) {
        const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(now - heard);
        snapshot.tokens.push_back({frame->token, frame->price, frame->priceChange24h, frame->volume24h, frame->seq,
                                   frame->timestampMs, stale, std::max<qint64>(0, age.count()), expected.count()});
        snapshot.staleTokens += stale;
    }
}

} // namespace odin
