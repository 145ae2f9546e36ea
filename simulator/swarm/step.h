// Step: what was measured at one number of clients, and whether the swarm itself was the limit.
// Values; thread: any. Owner: whoever holds them. Pure.
#pragma once

#include "core/model/result.h"
#include "simulator/swarm/totals.h"

#include <optional>
#include <vector>

namespace odin::swarm {

/// Of a process, over the step.
struct Usage
{
    double cores = 0;          ///< CPU time / time
    double residentBytes = 0;  ///< at its end
    int shards = 0;            ///< of a gateway: threads that serve clients; 0: not told
};

struct Step
{
    int clients = 0;
    double connectSeconds = 0; ///< until the last of this step's new clients was open or refused
    double seconds = 0;        ///< of the hold, over which the rest was measured
    Totals connecting;         ///< while they connected
    Totals totals;             ///< while they were held
    std::int64_t clockOffsetMs = 0; ///< of the gateway's clock, taken out of the delivery times
    double busiestThread = 0;  ///< share of a core that the busiest worker took
    Usage own;
    std::optional<Usage> gateway; ///< when its admin port was given

    bool isSwarmLimited() const;
    /// Long enough for a rate to mean something: the clients of a gateway that is gone are not held at all.
    bool isHeld() const { return seconds >= 0.1; }
};

/// A worker that had no time left, or whose clock ticks were late by as much as it measured, measures itself.
inline constexpr double busyMost = 0.85;       ///< of a core
inline constexpr double latenessShare = 0.25;  ///< of the p99 of the delivery
inline constexpr double latenessMsLeast = 5;   ///< what is below disturbs nobody

inline bool Step::isSwarmLimited() const
{
    const double late = double(totals.lateness.percentile(99).count()) / 1000;
    const double delivery = double(totals.delivery.percentile(99).count()) / 1000;
    return busiestThread > busyMost || (late > latenessMsLeast && late > latenessShare * delivery);
}

} // namespace odin::swarm
