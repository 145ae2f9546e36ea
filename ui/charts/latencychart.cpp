#include "ui/charts/latencychart.h"

namespace odin {

LatencyChart::LatencyChart(QWidget *parent)
    : TimeChart({.name = QStringLiteral("Chart of the delivery latency"),
                 .unit = QStringLiteral(" ms"),
                 .step = 0.1,
                 .empty = QStringLiteral("Nothing delivered yet")},
                {{.tone = maxTone, .width = 1}, {.tone = p99Tone}, {.tone = p50Tone}}, parent)
{
}

void LatencyChart::draw(std::chrono::milliseconds window, qint64 nowMs, const GatewayHistory &history)
{
    TimeChart::draw(window,
                    {history.latencyMaxMs.shown(nowMs, window), history.latencyP99Ms.shown(nowMs, window),
                     history.latencyP50Ms.shown(nowMs, window)});
}

} // namespace odin
