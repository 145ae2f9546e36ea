// Ramp: runs a plan step by step and measures each. Thread: the caller's, which it blocks. Owner: the caller.
#pragma once

#include "simulator/swarm/step.h"
#include "simulator/swarm/swarm.h"
#include "simulator/swarm/timeline.h"

#include <functional>

namespace odin::swarm {

struct Progress
{
    int clients = 0; ///< of the step under way
    bool isHolding = false;
    double share = 0; ///< of the step, 0 to 1
    Totals totals;    ///< since the start
};

class Ramp
{
public:
    /// Nothing when it cannot be asked. May take some seconds, which lengthen the step.
    using GatewayReading = std::function<std::optional<ProcessReading>()>;
    /// Called ten times a second. False ends the run at once.
    using Watch = std::function<bool(const Progress &)>;
    /// Called with each step when it is over.
    using StepEnd = std::function<void(const Step &)>;

    Ramp(const Plan &plan, GatewayReading gateway, Watch watch, StepEnd stepEnd = {});

    /// The steps that were finished, and what was measured of the one in which it was ended: by its watch, or because
    /// nobody is connected any more and nobody comes back.
    std::vector<Step> run();
    bool wasInterrupted() const { return m_isOver; }
    const std::vector<Sample> &timeline() const { return m_timeline.samples(); }

private:
    using Time = std::chrono::steady_clock::time_point;

    Step runStep(int clients);
    void connect(Step &step);
    void hold(Step &step);
    bool isConnected(const Totals &totals) const;
    void endWhenAlone(const Totals &totals);
    bool report(Progress progress);
    void sample(const Totals &totals);

    const Plan m_plan;
    const GatewayReading m_gateway;
    const Watch m_watch;
    const StepEnd m_stepEnd;
    Swarm m_swarm;
    Timeline m_timeline;
    bool m_isOver = false;
};

} // namespace odin::swarm
