#include "ui/models/axisscale.h"

#include <QtGlobal>

#include <array>
#include <cmath>

namespace odin {

AxisScale AxisScale::covering(double max, double unit)
{
    static constexpr std::array<qint64, 9> readable{10, 15, 20, 25, 30, 40, 50, 60, 80}; // in tenths of a decade
    static constexpr double unitsMax = 1e15;
    // What stands exactly on a line must not ask for the next one because of a rounded division.
    const double needed = std::ceil(max / (unit * steps) - 1e-9);
    if (!(needed > 1) || needed > unitsMax)
        return {needed > unitsMax ? unit * unitsMax : unit};
    for (qint64 decade = 1;; decade *= 10) {
        for (const auto tenths : readable) {
            const auto units = tenths * decade;
            if (units % 10 == 0 && static_cast<double>(units / 10) >= needed)
                return {static_cast<double>(units / 10) * unit};
        }
    }
}

} // namespace odin
