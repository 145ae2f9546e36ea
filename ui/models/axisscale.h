// AxisScale: a value axis whose four steps are numbers that people can read.
// Thread: any. Owner: a value.
#pragma once

namespace odin {

struct AxisScale
{
    static constexpr int steps = 4;

    double step = 1;
    double base = 0;
    double top() const { return base + step * steps; }
    double at(int line) const { return base + step * line; }

    /// The smallest scale that holds 0 to max with steps that are multiples of the unit (1 for what is counted).
    static AxisScale covering(double max, double unit);
    /// A scale that holds min to max closely, wherever they lie; what stands still lies in the middle.
    static AxisScale around(double min, double max);

    bool operator==(const AxisScale &) const = default;
};

} // namespace odin
