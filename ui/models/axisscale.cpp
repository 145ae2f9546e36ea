#include "ui/models/axisscale.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <cmath>

namespace odin {

namespace {

constexpr std::array<qint64, 9> readable{10, 15, 20, 25, 30, 40, 50, 60, 80}; // in tenths of a decade

/// Steps of this width that hold min to max, starting at a multiple of it.
AxisScale startingBelow(double min, double step) { return {step, std::floor(min / step) * step}; }

} // namespace

AxisScale AxisScale::covering(double max, double unit)
{
    static constexpr double unitsMax = 1e15;
    // What stands exactly on a line must not ask for the next one because of a rounded division.
    const double needed = std::ceil(max / (unit * steps) - 1e-9);
    if (!(needed > 1) || needed > unitsMax)
        return {needed > unitsMax ? unit * unitsMax : unit, 0};
    for (qint64 decade = 1;; decade *= 10) {
        for (const auto tenths : readable) {
            const auto units = tenths * decade;
            if (units % 10 == 0 && static_cast<double>(units / 10) >= needed)
                return {static_cast<double>(units / 10) * unit, 0};
        }
    }
}

AxisScale AxisScale::around(double min, double max)
{
    static constexpr double hair = 1e-4; // of the value: what moves less is shown as standing still
    const double size = std::max(std::abs(min), std::abs(max));
    if (!(size > 0) || !std::isfinite(size))
        return {};
    const double range = std::max(max - min, size * hair);
    const double low = (min + max - range) / 2;
    const double high = low + range;
    // The decade below the smallest step that could do; the second one certainly does.
    double decade = std::pow(10.0, std::floor(std::log10(range / steps)) - 1);
    for (;; decade *= 10) {
        for (const auto tenths : readable) {
            const auto scale = startingBelow(low, decade * static_cast<double>(tenths) / 10);
            if (scale.top() >= high)
                return scale;
        }
    }
}

} // namespace odin
