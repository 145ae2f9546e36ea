// Scenario: what a flash crash, a halt, a burst or a stuck feed does to a token at each moment of it.
// Pure functions; any thread.
#pragma once

#include "core/model/result.h"
#include "core/model/simulator.h"

namespace odin {

struct ScenarioEffect
{
    double priceFactor = 1; ///< of the price that the walk has
    double rateFactor = 1; ///< how many times as often as usual the token trades; constant for all of a scenario
    bool silent = false;
    bool stuck = false; ///< says the price again that it said last
};

/// Fails with a sentence when the duration or the strength is out of bounds.
Result<Done> checkScenario(const Scenario &scenario);

/// `elapsed` since it began; before and after it as at its beginning and end.
/// A flash crash falls in a straight line for the first twelfth of its time. Then it wins four fifths of the fall back,
/// quickly first, as the exponential 1 - e^(-4x) does. Trades come four times as often, or nobody would see the fall.
ScenarioEffect effectOf(const Scenario &scenario, std::chrono::milliseconds elapsed);

/// "flash crash", as in a line of the log.
QString nameOf(ScenarioKind kind);

} // namespace odin
