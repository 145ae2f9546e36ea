#include "simulator/market/scenario.h"

#include "core/model/limits.h"

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

constexpr double fallTime = 1.0 / 12; // of the whole
constexpr double wonBack = 0.8; // of the fall
constexpr double steepness = 4;
constexpr double crashRateFactor = 4;

// The share of the price at the bottom that is missing after `time`, a share of the whole.
double missing(double time)
{
    if (time <= fallTime)
        return time / fallTime;
    const double recovered = std::expm1(-steepness * (time - fallTime) / (1 - fallTime)) / std::expm1(-steepness);
    return 1 - wonBack * recovered;
}

bool isWithin(double value, double low, double high) { return value >= low && value <= high; } // NaN is not

} // namespace

Result<Done> checkScenario(const Scenario &scenario)
{
    using namespace limits;
    if (scenario.duration < scenarioMsMin || scenario.duration > scenarioMsMax)
        return Error{QStringLiteral("A scenario lasts %1 to %2 seconds.")
                         .arg(scenarioMsMin.count() / 1000)
                         .arg(scenarioMsMax.count() / 1000)};
    if (scenario.kind == ScenarioKind::FlashCrash
        && !isWithin(scenario.strength, scenarioFallShareMin, scenarioFallShareMax))
        return Error{QStringLiteral("A flash crash takes %1 to %2% of the price.")
                         .arg(100 * scenarioFallShareMin)
                         .arg(100 * scenarioFallShareMax)};
    if (scenario.kind == ScenarioKind::Burst
        && !isWithin(scenario.strength, scenarioRateFactorMin, scenarioRateFactorMax))
        return Error{QStringLiteral("A burst has %1 to %2 times the usual rate.")
                         .arg(scenarioRateFactorMin)
                         .arg(scenarioRateFactorMax)};
    return Done{};
}

ScenarioEffect effectOf(const Scenario &scenario, std::chrono::milliseconds elapsed)
{
    const double time = std::clamp(double(elapsed.count()) / double(scenario.duration.count()), 0.0, 1.0);
    switch (scenario.kind) {
    case ScenarioKind::FlashCrash:
        return {.priceFactor = 1 - scenario.strength * missing(time), .rateFactor = crashRateFactor};
    case ScenarioKind::Halt: return {.silent = true};
    case ScenarioKind::Burst: return {.rateFactor = scenario.strength};
    case ScenarioKind::StuckFeed: return {.stuck = true};
    }
    return {};
}

QString nameOf(ScenarioKind kind)
{
    switch (kind) {
    case ScenarioKind::FlashCrash: return QStringLiteral("flash crash");
    case ScenarioKind::Halt: return QStringLiteral("halt");
    case ScenarioKind::Burst: return QStringLiteral("burst");
    case ScenarioKind::StuckFeed: return QStringLiteral("stuck feed");
    }
    return {};
}

} // namespace odin
