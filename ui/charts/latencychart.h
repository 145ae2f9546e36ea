// LatencyChart: p50, p99 and maximum of the time from the feed to the clients' sockets.
// Thread: main. Owner: its parent widget.
#pragma once

#include "ui/charts/timechart.h"
#include "ui/models/gatewayhistory.h"

namespace odin {

class LatencyChart final : public TimeChart
{
    Q_OBJECT
public:
    explicit LatencyChart(QWidget *parent = nullptr);

    static constexpr Tone p50Tone = Tone::Up;
    static constexpr Tone p99Tone = Tone::Warning;
    static constexpr Tone maxTone = Tone::Muted;

    void draw(std::chrono::milliseconds window, qint64 nowMs, const GatewayHistory &history);
};

} // namespace odin
