#include "ui/charts/latencychart.h"

#include "ui/models/format.h"

namespace odin {

LatencyChart::LatencyChart(QWidget *parent)
    : TimeChart({.name = QStringLiteral("Chart of the delivery latency"),
                 .unit = QStringLiteral(" ms"),
                 .step = 0.1,
                 .empty = QStringLiteral("Nothing delivered yet"),
                 .value = formatLatency},
                {{.tone = maxTone, .width = 1, .name = QStringLiteral("max")},
                 {.tone = p99Tone, .name = QStringLiteral("p99")},
                 {.tone = p50Tone, .name = QStringLiteral("p50")}},
                parent)
{
}

void LatencyChart::draw(std::chrono::milliseconds window, qint64 nowMs, const GatewayHistory &history)
{
    TimeChart::draw(window, nowMs, {&history.latencyMaxMs, &history.latencyP99Ms, &history.latencyP50Ms});
}

} // namespace odin
