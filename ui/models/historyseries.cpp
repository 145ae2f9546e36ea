#include "ui/models/historyseries.h"

#include <algorithm>

namespace odin {

namespace {

QPointF pointOf(qint64 timeMs, double value, qint64 nowMs)
{
    return {static_cast<double>(timeMs - nowMs) / 1'000, value};
}

} // namespace

void HistorySeries::append(qint64 timeMs, double value)
{
    while (!m_samples.empty() && m_samples.back().timeMs >= timeMs)
        m_samples.pop_back();
    m_samples.push_back({timeMs, value});
    while (m_samples.size() > limits::historyPointsMax
           || m_samples.front().timeMs < timeMs - limits::historyMsMax.count())
        m_samples.pop_front();
}

QList<QPointF> HistorySeries::shown(qint64 nowMs, std::chrono::milliseconds window) const
{
    const auto earlier = [](const Sample &sample, qint64 timeMs) { return sample.timeMs < timeMs; };
    const auto find = [&](auto from, qint64 timeMs) {
        return std::lower_bound(from, m_samples.end(), timeMs, earlier);
    };
    auto from = find(m_samples.begin(), nowMs - window.count());
    if (from != m_samples.begin())
        --from; // the line comes in from the left edge
    const auto to = find(from, nowMs + 1);

    QList<QPointF> points;
    if (to - from <= limits::chartPointsMax) {
        for (; from != to; ++from)
            points.append(pointOf(from->timeMs, from->value, nowMs));
        return points;
    }
    // Two of the columns are for the one before the window and for the one that both edges share.
    constexpr int columns = limits::chartPointsMax / 2 - 2;
    const qint64 columnMs = std::max<qint64>(1, (window.count() + columns - 1) / columns);
    while (from != to) {
        const auto next = std::min(find(from, (from->timeMs / columnMs + 1) * columnMs), to);
        appendExtremes(points, from, next, nowMs);
        from = next;
    }
    return points;
}

void HistorySeries::appendExtremes(QList<QPointF> &points, Samples::const_iterator from, Samples::const_iterator to,
                                   qint64 nowMs)
{
    const auto smaller = [](const Sample &a, const Sample &b) { return a.value < b.value; };
    auto [first, second] = std::minmax_element(from, to, smaller);
    if (second < first)
        std::swap(first, second);
    points.append(pointOf(first->timeMs, first->value, nowMs));
    if (first != second)
        points.append(pointOf(second->timeMs, second->value, nowMs));
}

} // namespace odin
