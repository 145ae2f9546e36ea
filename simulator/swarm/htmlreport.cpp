#include "simulator/swarm/htmlreport.h"

#include "simulator/swarm/svg.h"
#include "simulator/swarm/timecharts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace odin::swarm {

namespace {

using namespace svg;

// The product's colours, dark and light; series are told apart by their dashes too.
constexpr char16_t style[] = uR"(
:root { --background: #F4F6F8; --surface: #FFFFFF; --border: #D5DBE3; --text: #161B22; --muted: #566273; --accent: #1A62D6; --bad: #BF2228; }
@media (prefers-color-scheme: dark) {
  :root { --background: #0E1116; --surface: #151A21; --border: #2B3542; --text: #E6EAF0; --muted: #94A0B0; --accent: #5B9BFF; --bad: #FF6B70; }
}
body { margin: 0 auto; max-width: 960px; padding: 24px; background: var(--background); color: var(--text); font: 14px Inter, sans-serif; }
section { background: var(--surface); border: 1px solid var(--border); border-radius: 8px; padding: 16px; margin: 16px 0; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
td, th { padding: 4px 8px; text-align: right; border-top: 1px solid var(--border); font-weight: normal; }
th { text-align: left; color: var(--muted); }
.bad { color: var(--bad); }
text { fill: var(--muted); font-size: 12px; }
line { stroke: var(--border); }
polyline { fill: none; stroke: var(--accent); stroke-width: 2; }
)";

constexpr double height = 320;
constexpr std::array percentiles{1.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.5, 99.9, 99.95, 99.99};
constexpr std::array marked{50.0, 90.0, 99.0, 99.9, 99.99};
constexpr double leastMs = 0.1;

// As HdrHistogram's plots: each further nine takes the same room.
double xOf(double percentile)
{
    const double nines = -std::log10(1 - percentile / 100), most = -std::log10(1 - percentiles.back() / 100);
    return left + nines / most * (width - left - right);
}

double yOf(double ms, double mostMs)
{
    const double share = std::log10(std::max(ms, leastMs) / leastMs) / std::log10(mostMs / leastMs);
    return height - bottom - share * (height - bottom - top);
}

double highestMs(const Report &report)
{
    double most = 10;
    for (const auto &step : report.steps)
        most = std::max(most, double(step.totals.delivery.max().count()) / 1000);
    return std::pow(10, std::ceil(std::log10(most)));
}

QString axes(double mostMs)
{
    QString svg;
    for (double ms = leastMs; ms <= mostMs * 1.01; ms *= 10)
        svg += gridLine(yOf(ms, mostMs), QStringLiteral("%1 ms").arg(ms));
    for (const double percentile : marked)
        svg += label(xOf(percentile), height - bottom + 20, QStringLiteral("%1%").arg(percentile), u"middle");
    return svg;
}

QString stepCurve(const Step &step, int dash, double mostMs)
{
    QString points;
    double ms = 0;
    for (const double percentile : percentiles) {
        ms = double(step.totals.delivery.percentile(percentile).count()) / 1000;
        points += QStringLiteral("%1,%2 ").arg(xOf(percentile)).arg(yOf(ms, mostMs));
    }
    return curve(points, dash)
        + label(width - right + 8, yOf(ms, mostMs) + 4, QStringLiteral("%1 clients").arg(step.clients), u"start");
}

QString latencyChart(const Report &report)
{
    const double mostMs = highestMs(report);
    QString svg = start(height, QStringLiteral("delivery latency by percentile")) + axes(mostMs);
    int dash = 0; // the first line is whole
    for (const auto &step : report.steps)
        svg += stepCurve(step, std::exchange(dash, dash + 4), mostMs);
    return svg + QStringLiteral("</svg>");
}

QString table(const Report &report)
{
    QString html = QStringLiteral("<table>");
    for (const auto &row : reportRows(report)) {
        html += QStringLiteral("<tr><th scope=\"row\">%1</th>").arg(row.name.toHtmlEscaped());
        for (const auto &value : row.values)
            html += QStringLiteral("<td>%1</td>").arg(value.toHtmlEscaped());
        html += QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

QString course(const Report &report)
{
    const auto charts = timeCharts(report.timeline);
    return charts.isEmpty() ? charts : QStringLiteral("<section>%1</section>").arg(charts);
}

QString goals(const Report &report)
{
    QString html;
    const auto lines = verdicts(report);
    for (std::size_t i = 0; i < report.outcomes.size(); ++i)
        html += QStringLiteral("<p%1>%2</p>").arg(report.outcomes[i].isMet() ? QString() : QStringLiteral(" class=\"bad\""), lines[qsizetype(i)].toHtmlEscaped());
    return html.isEmpty() ? html : QStringLiteral("<section>%1</section>").arg(html);
}

} // namespace

QString reportHtml(const Report &report)
{
    return QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Load test of %1</title><style>%2</style></head><body>"
                          "<h1>Load test</h1><p>%1, %3%4</p>%5<section><h2>Delivery latency by percentile</h2>%6</section>%7<section>%8</section></body></html>\n")
        .arg(report.url.toHtmlEscaped(), QString::fromUtf16(style), report.startedAt,
             report.wasInterrupted ? QStringLiteral(", ended early") : QString(), goals(report), latencyChart(report), course(report), table(report));
}

} // namespace odin::swarm
