// AxisScale: a value axis from 0 whose four steps are numbers that people can read.
// Thread: any. Owner: a value.
#pragma once

namespace odin {

struct AxisScale
{
    static constexpr int steps = 4;

    double step = 1;
    double top() const { return step * steps; }

    /// The smallest scale that holds 0 to max with steps that are multiples of the unit (1 for what is counted).
    static AxisScale covering(double max, double unit);

    bool operator==(const AxisScale &) const = default;
};

} // namespace odin
