#include "ui/models/latencydistribution.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

namespace odin {

void LatencyDistribution::add(const std::vector<LatencyStep> &steps)
{
    std::vector<LatencyStep> both;
    both.reserve(m_steps.size() + steps.size());
    std::ranges::merge(m_steps, steps, std::back_inserter(both), {}, &LatencyStep::upToMicros,
                       &LatencyStep::upToMicros);
    m_steps.clear();
    for (const auto &step : both) {
        if (!m_steps.empty() && m_steps.back().upToMicros == step.upToMicros)
            m_steps.back().count += step.count;
        else
            m_steps.push_back(step);
    }
}

quint64 LatencyDistribution::count() const
{
    return std::accumulate(m_steps.begin(), m_steps.end(), quint64{0},
                           [](quint64 sum, const LatencyStep &step) { return sum + step.count; });
}

double LatencyDistribution::percentileMs(double p) const
{
    constexpr double rounding = 1e-6; // 99.9 % of 1,000 is the 999th value, not the 1,000th
    const double rank = std::max(1.0, std::ceil(p / 100 * static_cast<double>(count()) - rounding));
    quint64 seen = 0;
    for (const auto &step : m_steps) {
        seen += step.count;
        if (static_cast<double>(seen) >= rank)
            return static_cast<double>(step.upToMicros) / 1'000;
    }
    return 0;
}

LatencySummary LatencyDistribution::summary() const
{
    return {percentileMs(50), percentileMs(90), percentileMs(99), percentileMs(100), count(), m_steps};
}

} // namespace odin
