#include "ui/models/simulatorcolumn.h"

#include "core/model/limits.h"
#include "ui/models/simulatormodel.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

using Model = SimulatorModel;
using Milliseconds = std::chrono::milliseconds;
using Seconds = std::chrono::duration<double>;

Milliseconds milliseconds(double seconds) { return std::chrono::round<Milliseconds>(Seconds(seconds)); }

QString number(double value) { return QLocale::c().toString(value, 'f', QLocale::FloatingPointShortest); }

} // namespace

double editedNumber(const SimulatedToken &token, int column)
{
    switch (column) {
    case Model::IntervalMin: return Seconds(token.intervalMin).count();
    case Model::IntervalMax: return Seconds(token.intervalMax).count();
    case Model::Volatility: return 100 * token.volatility;
    case Model::Drift: return 100 * token.drift;
    default: return 0;
    }
}

Bounds editedBounds(int column)
{
    switch (column) {
    case Model::IntervalMin:
    case Model::IntervalMax:
        return {Seconds(limits::simulatorIntervalMsMin).count(), Seconds(limits::simulatorIntervalMsMax).count()};
    case Model::Volatility: return {0, 100 * limits::simulatorVolatilityMax};
    case Model::Drift: return {-100 * limits::simulatorDriftMax, 100 * limits::simulatorDriftMax};
    default: return {};
    }
}

SimulatedTokenChange editedChange(const SimulatedToken &token, int column, double number)
{
    SimulatedTokenChange change;
    if (column == Model::IntervalMin) {
        change.intervalMin = milliseconds(number);
        change.intervalMax = std::max(*change.intervalMin, token.intervalMax);
    } else if (column == Model::IntervalMax) {
        change.intervalMax = milliseconds(number);
        change.intervalMin = std::min(*change.intervalMax, token.intervalMin);
    } else if (column == Model::Volatility) {
        change.volatility = number / 100;
    } else if (column == Model::Drift) {
        change.drift = number / 100;
    }
    return change;
}

QString secondsText(Milliseconds time) { return number(Seconds(time).count()) + QStringLiteral(" s"); }

QString percentText(double share) { return number(std::round(share * 10'000) / 100) + u'%'; }

QString scenarioName(ScenarioKind kind)
{
    switch (kind) {
    case ScenarioKind::FlashCrash: return QStringLiteral("Flash crash");
    case ScenarioKind::Halt: return QStringLiteral("Halt");
    case ScenarioKind::Burst: return QStringLiteral("Burst");
    case ScenarioKind::StuckFeed: return QStringLiteral("Stuck feed");
    }
    return {};
}

QString scenarioText(const RunningScenario &scenario)
{
    return QStringLiteral("%1, %2 s")
        .arg(scenarioName(scenario.kind))
        .arg(std::chrono::ceil<std::chrono::seconds>(scenario.left).count());
}

} // namespace odin
