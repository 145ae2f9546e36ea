#include "ui/models/savingsbars.h"

#include "ui/models/format.h"

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

struct Named
{
    const char *name;
    Way way;
    std::optional<double> number;
};

void add(std::vector<SavingsBar> &bars, const std::vector<Named> &kind, QString (*text)(double))
{
    double longest = 0;
    for (const auto &bar : kind)
        longest = std::max(longest, bar.number.value_or(0));
    for (const auto &bar : kind)
        bars.push_back({.name = QLatin1String(bar.name),
                        .way = bar.way,
                        .share = longest > 0 ? bar.number.value_or(0) / longest : 0,
                        .value = bar.number ? text(*bar.number) : noValue});
}

QString perMinute(double count) { return formatAmount(std::round(count)) + QStringLiteral(" /min"); }
QString perMonth(double gigabytes) { return formatBytes(gigabytes * bytesPerGigabyte) + QStringLiteral(" /month"); }
QString dollarsPerMonth(double dollars) { return formatDollars(dollars) + QStringLiteral(" /month"); }

} // namespace

std::vector<SavingsBar> savingsBars(const SavingsReport &report)
{
    const auto &polling = report.polling;
    const auto &push = report.push;
    std::vector<SavingsBar> bars;
    add(bars,
        {{"Requests by polling", Way::Polling, polling.messagesPerMinute},
         {"Updates by push", Way::Push, push.messagesPerMinute}},
        perMinute);
    add(bars,
        {{"Traffic by polling", Way::Polling, polling.trafficGigabytesPerMonth},
         {"Traffic by push", Way::Push, push.trafficGigabytesPerMonth}},
        perMonth);
    add(bars,
        {{"Money by polling", Way::Polling, polling.dollarsPerMonth},
         {"Money by plan", Way::Plan, report.plannedDollarsPerMonth},
         {"Money by push", Way::Push, push.dollarsPerMonth}},
        dollarsPerMonth);
    return bars;
}

QString savedText(const SavingsReport &report)
{
    const auto saved = report.savedPercent();
    if (!saved)
        return {};
    return formatPercent(std::abs(*saved))
        + (*saved >= 0 ? QStringLiteral(" less money than polling") : QStringLiteral(" more money than polling"));
}

} // namespace odin
