#include "simulator/swarm/slo.h"

#include <QStringList>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

namespace odin::swarm {

namespace {

struct Measure
{
    bool isTime;
    std::function<double(const Step &)> value;
};

Measure delivery(double percentile)
{
    return {true, [percentile](const Step &step) { return double(step.totals.delivery.percentile(percentile).count()) / 1000; }};
}

Measure number(Count count)
{
    return {false, [count](const Step &step) { return double(step.totals[count]); }};
}

const std::map<QString, Measure> &measures()
{
    static const std::map<QString, Measure> all{
        {QStringLiteral("p50"), delivery(50)},
        {QStringLiteral("p90"), delivery(90)},
        {QStringLiteral("p99"), delivery(99)},
        {QStringLiteral("p99.9"), delivery(99.9)},
        {QStringLiteral("max"), delivery(100)},
        {QStringLiteral("lost"), number(Count::Holes)},
        {QStringLiteral("duplicates"), number(Count::Duplicates)},
        {QStringLiteral("dropped"), number(Count::Dropped)},
        {QStringLiteral("refused"), {false, [](const Step &step) { return double(step.connecting[Count::Refused] + step.totals[Count::Refused]); }}},
        {QStringLiteral("connect"), {true, [](const Step &step) { return step.connectSeconds * 1000; }}}};
    return all;
}

// Milliseconds for times; nothing when it is neither.
std::optional<double> amount(QString text, bool isTime)
{
    double factor = 1;
    if (isTime && text.endsWith(QLatin1String("ms")))
        text.chop(2);
    else if (isTime && text.endsWith(QLatin1Char('s')))
        text.chop(1), factor = 1000;
    else if (isTime)
        return {};
    bool isNumber = false;
    const double value = text.toDouble(&isNumber) * factor;
    return isNumber && value >= 0 ? std::optional(value) : std::nullopt;
}

} // namespace

Result<std::vector<Goal>> goalsOf(const QString &text)
{
    std::vector<Goal> goals;
    for (const auto &part : text.split(QLatin1Char(','))) {
        const auto name = part.section(QLatin1Char('='), 0, 0);
        const auto measure = measures().find(name);
        if (measure == measures().end())
            return Error{QStringLiteral("--slo: there is no \"%1\"; there are p50, p90, p99, p99.9, max, connect (as 50ms or 2s), "
                                        "lost, duplicates, dropped and refused (as 0)").arg(name)};
        const auto most = amount(part.section(QLatin1Char('='), 1), measure->second.isTime);
        if (!most)
            return Error{QStringLiteral("--slo: \"%1\" needs %2").arg(part, measure->second.isTime ? QStringLiteral("a time like 50ms") : QStringLiteral("a number"))};
        goals.push_back({name, *most});
    }
    return goals;
}

std::vector<Outcome> judge(const std::vector<Goal> &goals, const std::vector<Step> &steps)
{
    std::vector<Outcome> outcomes;
    for (const auto &goal : goals) {
        Outcome outcome{goal, 0};
        for (const auto &step : steps)
            outcome.measured = std::max(outcome.measured, measures().at(goal.name).value(step));
        outcomes.push_back(outcome);
    }
    return outcomes;
}

Verdict verdictOf(const Outcome &outcome, const Step &step)
{
    const bool isOfDeliveries = outcome.goal.name.startsWith(QLatin1Char('p')) || outcome.goal.name == QLatin1String("max");
    if (isOfDeliveries && step.totals.delivery.count() == 0)
        return Verdict::Undecided;
    return outcome.isMet() ? Verdict::Met : step.isSwarmLimited() ? Verdict::Undecided : Verdict::Missed;
}

} // namespace odin::swarm
