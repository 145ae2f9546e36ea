#include "ui/models/capacitysearch.h"

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

constexpr double noise = 1.25; ///< two equal runs differ by this factor on a machine that does other things, too

bool isNear(const LoadTestGoal &goal)
{
    return goal.most > 0 && goal.measured > goal.most / noise && goal.measured < goal.most * noise;
}

/// Clients that could not be connected are missed, whatever the others got.
LoadTestVerdict verdictOf(const LoadTestStep &step)
{
    return step.isConnected() ? step.verdict() : LoadTestVerdict::Missed;
}

} // namespace

CapacitySearch::CapacitySearch(const CapacityPlan &plan)
    : m_plan(plan), m_next(std::clamp(plan.first, 1, plan.most)) { }

void CapacitySearch::take(const LoadTestStep &step)
{
    m_probes.push_back({step, verdictOf(step), std::ranges::any_of(step.goals, isNear)});
    const auto verdict = decided();
    if (verdict == LoadTestVerdict::None)
        return; // once more
    (verdict == LoadTestVerdict::Met ? m_met : m_bent) = m_next;
    m_next = static_cast<int>(m_probes.size()) < limits::capacityProbesMax ? following() : 0;
}

/// What the probes at m_next agree upon; None: not yet.
LoadTestVerdict CapacitySearch::decided() const
{
    int met = 0, missed = 0, undecided = 0;
    for (auto probe = m_probes.rbegin(); probe != m_probes.rend() && probe->step.clients == m_next; ++probe) {
        if (probe->verdict == LoadTestVerdict::Met && !probe->isNarrow)
            return LoadTestVerdict::Met;
        ++(probe->verdict == LoadTestVerdict::Met          ? met
               : probe->verdict == LoadTestVerdict::Missed ? missed
                                                           : undecided);
    }
    if (met >= 2)
        return LoadTestVerdict::Met;
    if (missed >= 2)
        return LoadTestVerdict::Missed;
    const bool isEnough = undecided >= 2 || met + missed + undecided >= limits::capacityRepeatsMax;
    return isEnough ? LoadTestVerdict::Undecided : LoadTestVerdict::None;
}

int CapacitySearch::following() const
{
    if (m_bent == 0)
        return m_met >= m_plan.most
            ? 0
            : std::min(m_plan.most, std::max(m_met + 1, static_cast<int>(m_met * m_plan.growth)));
    if (m_met == 0)
        return m_bent == 1 ? 0 : std::max(1, static_cast<int>(m_bent / m_plan.growth));
    const double apart = std::max(1.0, m_met * m_plan.tolerance);
    return m_bent - m_met <= apart ? 0 : m_met + (m_bent - m_met) / 2;
}

const CapacityProbe *CapacitySearch::lastAt(int clients, bool isMet) const
{
    const auto fits = [=](const CapacityProbe &probe) {
        return probe.step.clients == clients && (probe.verdict == LoadTestVerdict::Met) == isMet;
    };
    const auto last = std::find_if(m_probes.rbegin(), m_probes.rend(), fits);
    return last == m_probes.rend() ? nullptr : &*last;
}

const CapacityProbe *CapacitySearch::bending() const { return lastAt(m_bent, false); }

const CapacityProbe *CapacitySearch::meeting() const { return lastAt(m_met, true); }

} // namespace odin
