// A load test's report as one HTML page that needs nothing else. Pure functions; any thread.
#pragma once

#include "simulator/swarm/report.h"

namespace odin::swarm {

QString reportHtml(const Report &report);

} // namespace odin::swarm
