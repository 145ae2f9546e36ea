// What the console says of the simulator in sentences.
// Pure functions; any thread.
#pragma once

#include "core/model/snapshot.h"

#include <QString>

namespace odin {

/// Why there is nothing to control, and what to do about it; for a snapshot without a simulator or without tokens.
QString whyNothingIsSimulated(const GatewaySnapshot &snapshot);
/// In a few words: publishing, paused, or why nothing comes. `publishing` is the master switch, as it is shown.
QString simulatorState(const SimulatorStatus &status, bool publishing);
/// 9 of 10 tokens on · 12,345 published · 2 given up
QString simulatorSummary(const SimulatorStatus &status, int tokensOn);

} // namespace odin
