// Plan: what a swarm is to do. Values; thread: any. Owner: whoever holds them.
#pragma once

#include "core/model/limits.h"
#include "simulator/swarm/mix.h"
#include "simulator/swarm/target.h"

#include <chrono>
#include <vector>

namespace odin::swarm {

inline constexpr int clientsMax = limits::loadTestClientsMax;

struct Plan
{
    Target target;
    std::vector<int> ramp{100, 1000, 5000}; ///< clients at each step, rising
    std::chrono::milliseconds hold{30'000}; ///< each step, from when all are connected
    double connectsPerSecond = 0;           ///< 0: as fast as they are answered
    QByteArray tokens = "[\"*\"]";          ///< to subscribe to: a JSON array
    Mix mix;
    int threads = 1;
    int sources = 8;                        ///< loopback addresses to connect from
    std::uint32_t seed = 1;
};

} // namespace odin::swarm
