// The course of a load test as charts of the HTML report. Pure functions; any thread.
#pragma once

#include "simulator/swarm/timeline.h"

#include <QString>

namespace odin::swarm {

/// Clients, updates per second and CPU over time; empty for fewer than two samples.
QString timeCharts(const std::vector<Sample> &timeline);

} // namespace odin::swarm
