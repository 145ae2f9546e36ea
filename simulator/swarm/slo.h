// Slo: what a load test must reach. Values; thread: any. Owner: whoever holds them. Pure.
#pragma once

#include "simulator/swarm/step.h"

namespace odin::swarm {

struct Goal
{
    QString name;    ///< p50, p90, p99, p99.9, max, lost, duplicates, dropped, refused, connect
    double most = 0; ///< milliseconds for times
};

/// "p99=50ms,lost=0": times in ms or s, numbers without a unit.
Result<std::vector<Goal>> goalsOf(const QString &text);

struct Outcome
{
    Goal goal;
    double measured = 0;
    bool isMet() const { return measured <= goal.most; }
};

enum class Verdict {
    Met,
    Missed,
    Undecided, ///< missed while the swarm was the limit, or about times and nothing was delivered
};
Verdict verdictOf(const Outcome &outcome, const Step &step);

/// The worst of all steps, per goal.
std::vector<Outcome> judge(const std::vector<Goal> &goals, const std::vector<Step> &steps);

} // namespace odin::swarm
