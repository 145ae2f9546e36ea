#include "ui/models/chartreading.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace odin {

namespace {

const QPointF *nearest(const QList<QPointF> &line, double x)
{
    const auto right = std::ranges::lower_bound(line, x, {}, &QPointF::x);
    if (right == line.end())
        return line.isEmpty() ? nullptr : &line.last();
    if (right == line.begin())
        return &line.first();
    const auto left = std::prev(right);
    return x - left->x() <= right->x() - x ? &*left : &*right;
}

} // namespace

std::optional<ChartReading> readChart(const QList<QList<QPointF>> &lines, double x, double reach)
{
    const QPointF *found = nullptr;
    for (const auto &line : lines) {
        const auto *point = nearest(line, x);
        if (point && (!found || std::abs(point->x() - x) < std::abs(found->x() - x)))
            found = point;
    }
    if (!found)
        return std::nullopt;
    ChartReading reading{found->x(), {}};
    for (const auto &line : lines) {
        const auto *point = nearest(line, reading.x);
        const bool belongs = point && std::abs(point->x() - reading.x) <= reach;
        reading.values.append(belongs ? std::optional(point->y()) : std::nullopt);
    }
    return reading;
}

} // namespace odin
