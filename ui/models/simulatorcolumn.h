// What the columns of SimulatorModel that can be edited are in numbers: seconds, percent, and their bounds.
// Pure functions; any thread.
#pragma once

#include "core/model/simulator.h"

namespace odin {

struct Bounds
{
    double least = 0;
    double most = 0;
};

/// In the unit of the column: seconds or percent. 0 for a column that cannot be edited.
double editedNumber(const SimulatedToken &token, int column);
Bounds editedBounds(int column);
/// The change that gives the column this number. An interval's other end moves along, so that the pair stays in order.
SimulatedTokenChange editedChange(const SimulatedToken &token, int column, double number);

/// 0.25 s, 3,600 s
QString secondsText(std::chrono::milliseconds time);
/// 50%, -2.5%
QString percentText(double share);
/// Flash crash
QString scenarioName(ScenarioKind kind);
/// Flash crash, 42 s
QString scenarioText(const RunningScenario &scenario);

} // namespace odin
