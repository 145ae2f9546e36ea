// LatencyDistribution: how long things took, added up over a time, and the percentiles of all of them together.
// Thread: any. Owner: a value.
#pragma once

#include "core/model/snapshot.h"

namespace odin {

/// A percentile of percentiles is none: here the counts are added, and the percentiles come from the sum.
class LatencyDistribution
{
public:
    /// Shortest first, as a snapshot has them.
    void add(const std::vector<LatencyStep> &steps);

    quint64 count() const;
    /// Upper edge of the step that holds the p-th percentile (0 < p <= 100), as in core/base/histogram.h; 0 when empty.
    double percentileMs(double p) const;
    LatencySummary summary() const;

    const std::vector<LatencyStep> &steps() const { return m_steps; }

private:
    std::vector<LatencyStep> m_steps; // shortest first, each edge once
};

} // namespace odin
