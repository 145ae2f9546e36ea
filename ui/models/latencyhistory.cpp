#include "ui/models/latencyhistory.h"

#include "core/model/limits.h"

namespace odin {

namespace {

using Steps = std::vector<LatencyStep>;

std::array<const Steps *, latencyParts> stepsOf(const GatewaySnapshot &snapshot)
{
    static const Steps none;
    std::array<const Steps *, latencyParts> steps{};
    for (std::size_t part = 0; part < stageNames.size(); ++part)
        steps[part] = part < snapshot.stages.size() ? &snapshot.stages[part].latency.steps : &none;
    steps[std::size_t(LatencyPart::RoundTrip)] = &snapshot.roundTrip.steps;
    steps[std::size_t(LatencyPart::Gateway)] = &snapshot.gateway.steps;
    steps[std::size_t(LatencyPart::EndToEnd)] = &snapshot.endToEnd.steps;
    return steps;
}

} // namespace

qint64 LatencyHistory::sliceMs(std::size_t window)
{
    return std::chrono::milliseconds(windows[window]).count() / static_cast<qint64>(limits::latencySlicesMax);
}

LatencyHistory::Slice &LatencyHistory::sliceAt(Slices &slices, qint64 startMs)
{
    while (!slices.empty() && slices.back().startMs > startMs)
        slices.pop_back();
    if (slices.empty() || slices.back().startMs < startMs)
        slices.push_back({startMs, {}});
    if (slices.size() > limits::latencySlicesMax)
        slices.pop_front();
    return slices.back();
}

void LatencyHistory::append(const GatewaySnapshot &snapshot)
{
    const auto steps = stepsOf(snapshot);
    for (std::size_t window = 0; window < windows.size(); ++window) {
        const qint64 length = sliceMs(window);
        auto &slice = sliceAt(m_slices[window], snapshot.takenMs / length * length);
        for (std::size_t part = 0; part < latencyParts; ++part) {
            if (!steps[part]->empty())
                slice.parts[part].add(*steps[part]);
        }
    }
}

LatencyByPart LatencyHistory::over(std::size_t window, qint64 nowMs) const
{
    LatencyByPart sum;
    const qint64 from = nowMs - std::chrono::milliseconds(windows[window]).count();
    for (const auto &slice : m_slices[window]) {
        if (slice.startMs <= from || slice.startMs > nowMs)
            continue;
        for (std::size_t part = 0; part < latencyParts; ++part)
            sum[part].add(slice.parts[part].steps());
    }
    return sum;
}

} // namespace odin
