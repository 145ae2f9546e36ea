// The program without a window: runs a gateway until it is told to stop. Main thread.
#pragma once

#include "app/localoperator.h"

namespace odin {

/// Starts, prints the ready line, waits for SIGTERM or SIGINT, stops. Gives the exit code.
int runHeadless(const Options &options);

/// For every program: says where it can be reached (standard output) and writes the --nats-info file.
void announce(const LocalOperator &gateway, const Options &options);

} // namespace odin
