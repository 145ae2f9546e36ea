// CapacitySearch: finds how many clients a gateway carries within its limits. The number is raised by a factor until a
// goal is missed, then the two numbers between which that happens are brought together by halving. A probe that meets
// its goals with room to spare counts at once; every other result must be seen twice, since a busy machine can spoil
// any one of them. Thread: confined to its owner's. Owner: LoadTest. Pure.
#pragma once

#include "core/model/limits.h"
#include "ui/models/loadteststep.h"

namespace odin {

struct CapacityPlan
{
    int first = 100; ///< clients of the first probe
    int most = limits::loadTestClientsMax;
    double growth = 2;
    double tolerance = 0.05; ///< of the capacity
};

struct CapacityProbe
{
    LoadTestStep step;
    LoadTestVerdict verdict = LoadTestVerdict::None;
    bool isNarrow = false; ///< by so little that it may come out otherwise next time
};

class CapacitySearch
{
public:
    explicit CapacitySearch(const CapacityPlan &plan);

    const CapacityPlan &plan() const { return m_plan; }
    /// Clients of the next probe; 0: the search is over.
    int next() const { return m_next; }
    /// What the probe of next() measured.
    void take(const LoadTestStep &step);

    /// The highest number whose probes met all goals; 0: none did.
    int met() const { return m_met; }
    /// The lowest whose probes did not; 0: all did.
    int bent() const { return m_bent; }
    /// The probe that decided on bent(); null when nothing bent.
    const CapacityProbe *bending() const;
    /// The best that decided on met(): null when nothing was met.
    const CapacityProbe *meeting() const;
    const std::vector<CapacityProbe> &probes() const { return m_probes; }

private:
    LoadTestVerdict decided() const;
    int following() const;
    const CapacityProbe *lastAt(int clients, bool isMet) const;

    const CapacityPlan m_plan;
    std::vector<CapacityProbe> m_probes;
    int m_met = 0;
    int m_bent = 0;
    int m_next = 0;
};

} // namespace odin
