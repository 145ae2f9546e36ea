#include "simulator/swarm/timecharts.h"

#include "simulator/swarm/svg.h"

#include <cmath>
#include <functional>

namespace odin::swarm {

namespace {

using Value = std::function<std::optional<double>(const Sample &)>;

struct Line
{
    const char *name;
    Value value;
};

constexpr double height = 180;

/// The next of 1, 2, 5, 10, 20, ... from `most` on.
double niceTop(double most)
{
    const double power = std::pow(10, std::floor(std::log10(std::max(most, 1e-3))));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= most)
            return factor * power;
    }
    return 10 * power;
}

double highest(const std::vector<Sample> &timeline, const std::vector<Line> &lines)
{
    double most = 0;
    for (const auto &line : lines) {
        for (const auto &sample : timeline)
            most = std::max(most, line.value(sample).value_or(0));
    }
    return niceTop(most);
}

double xOf(const Sample &sample, double lastSeconds)
{
    return svg::left + sample.seconds / lastSeconds * (svg::width - svg::left - svg::right);
}

double yOf(double value, double most) { return height - svg::bottom - value / most * (height - svg::bottom - svg::top); }

QString curve(const std::vector<Sample> &timeline, const Line &line, int dash, double most)
{
    QString points, name;
    for (const auto &sample : timeline) {
        const auto value = line.value(sample);
        if (!value)
            continue;
        const double y = yOf(*value, most);
        points += QStringLiteral("%1,%2 ").arg(xOf(sample, timeline.back().seconds)).arg(y);
        name = svg::label(svg::width - svg::right + 8, y + 4, QString::fromLatin1(line.name), u"start");
    }
    return points.isEmpty() ? points : svg::curve(points, dash) + name;
}

QString chart(const std::vector<Sample> &timeline, const QString &name, const std::vector<Line> &lines)
{
    const double most = highest(timeline, lines);
    QString html = QStringLiteral("<h2>%1</h2>").arg(name) + svg::start(height, name);
    for (const double share : {0.0, 0.5, 1.0})
        html += svg::gridLine(yOf(share * most, most), QString::number(share * most));
    for (const auto *sample : {&timeline.front(), &timeline.back()})
        html += svg::label(xOf(*sample, timeline.back().seconds), height - svg::bottom + 20, QStringLiteral("%1 s").arg(sample->seconds, 0, 'f', 0), u"middle");
    int dash = 0; // the first line is whole
    for (const auto &line : lines) {
        html += curve(timeline, line, dash, most);
        dash += 4;
    }
    return html + QStringLiteral("</svg>");
}

} // namespace

QString timeCharts(const std::vector<Sample> &timeline)
{
    if (timeline.size() < 2)
        return {};
    const std::vector<Line> clients{{"clients", [](const Sample &sample) { return double(sample.open); }}};
    const std::vector<Line> updates{{"updates/s", [](const Sample &sample) { return sample.updatesPerSecond; }}};
    const std::vector<Line> cores{{"swarm", [](const Sample &sample) { return sample.swarmCores; }},
                                  {"gateway", [](const Sample &sample) { return sample.gatewayCores; }}};
    return chart(timeline, QStringLiteral("Connected clients"), clients) + chart(timeline, QStringLiteral("Updates per second"), updates)
        + chart(timeline, QStringLiteral("CPU, cores"), cores);
}

} // namespace odin::swarm
