// LoadTestProgress: tells people how far a load test is: a bar that moves on a terminal, a line per phase elsewhere.
// Thread: the main one. Owner: main.
#pragma once

#include "simulator/swarm/ramp.h"

#include <chrono>

namespace odin {

class LoadTestProgress
{
public:
    LoadTestProgress();

    void show(const swarm::Progress &now);
    /// Leaves the bar's line.
    void finish();

private:
    void showBar(const swarm::Progress &now);
    void showPhase(const swarm::Progress &now);

    const bool m_isTerminal;
    std::chrono::steady_clock::time_point m_shownAt;
    std::int64_t m_updates = 0;
    int m_clients = 0;
    bool m_wasHolding = false;
};

} // namespace odin
