// Timeline: what went on in each second of a load test. Pure.
// Thread: confined to its owner's. Owner: the ramp.
#pragma once

#include "simulator/swarm/step.h"

#include <chrono>

namespace odin::swarm {

/// What a process has used since its start.
struct ProcessReading
{
    double cpuSeconds = 0;
    double residentBytes = 0;
    int shards = 0; ///< threads that serve clients; 0: not told
};

struct Sample
{
    double seconds = 0; ///< since the start
    std::int64_t open = 0;
    double updatesPerSecond = 0;
    double swarmCores = 0;
    std::optional<double> gatewayCores; ///< when its admin port was given and answered
};

class Timeline
{
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit Timeline(Time start) : m_start(start), m_last{start, 0, 0, {}} {}

    /// A second is over.
    bool isDue(Time now) const { return now - m_last.at >= std::chrono::seconds(1); }
    void add(Time now, const Totals &totals, double swarmCpuSeconds, const std::optional<ProcessReading> &gateway)
    {
        const double took = std::chrono::duration<double>(now - m_last.at).count();
        Sample sample{std::chrono::duration<double>(now - m_start).count(), totals[Count::Open],
                      double(totals[Count::Updates] - m_last.updates) / took, (swarmCpuSeconds - m_last.swarmCpuSeconds) / took, {}};
        if (gateway && m_last.gateway)
            sample.gatewayCores = (gateway->cpuSeconds - m_last.gateway->cpuSeconds) / took;
        m_samples.push_back(sample);
        m_last = {now, totals[Count::Updates], swarmCpuSeconds, gateway};
    }

    const std::vector<Sample> &samples() const { return m_samples; }

private:
    struct Last
    {
        Time at;
        std::int64_t updates;
        double swarmCpuSeconds;
        std::optional<ProcessReading> gateway;
    };

    const Time m_start;
    Last m_last;
    std::vector<Sample> m_samples;
};

} // namespace odin::swarm
