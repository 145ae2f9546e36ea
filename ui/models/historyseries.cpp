#include "ui/models/historyseries.h"

#include <algorithm>
#include <iterator>
#include <numeric>

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

void HistorySeries::keepNewest(std::size_t count)
{
    while (m_samples.size() > count)
        m_samples.pop_front();
}

std::pair<HistorySeries::Samples::const_iterator, HistorySeries::Samples::const_iterator>
HistorySeries::within(qint64 nowMs, std::chrono::milliseconds window) const
{
    const auto from = std::ranges::lower_bound(m_samples, nowMs - window.count(), {}, &Sample::timeMs);
    return {from, std::ranges::lower_bound(from, m_samples.end(), nowMs + 1, {}, &Sample::timeMs)};
}

std::optional<double> HistorySeries::mean(qint64 nowMs, std::chrono::milliseconds window) const
{
    const auto [from, to] = within(nowMs, window);
    if (from == to)
        return std::nullopt;
    const auto sum = std::accumulate(from, to, 0.0, [](double total, const Sample &s) { return total + s.value; });
    return sum / static_cast<double>(to - from);
}

double HistorySeries::growth(qint64 nowMs, std::chrono::milliseconds window) const
{
    const auto [from, to] = within(nowMs, window);
    return from == to ? 0 : std::max(0.0, std::prev(to)->value - from->value);
}

QList<QPointF> HistorySeries::shown(qint64 nowMs, std::chrono::milliseconds window) const
{
    auto [from, to] = within(nowMs, window);
    if (from != m_samples.begin())
        --from; // the line comes in from the left edge

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
        const auto next =
            std::ranges::lower_bound(from, to, (from->timeMs / columnMs + 1) * columnMs, {}, &Sample::timeMs);
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
