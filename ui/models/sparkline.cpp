#include "ui/models/sparkline.h"

#include <algorithm>

namespace odin {

QPolygonF sparkline(const QList<double> &values, const QRectF &room)
{
    QPolygonF line;
    if (values.size() < 2)
        return line;
    const auto [least, most] = std::ranges::minmax(values);
    const double range = most - least;
    const double step = room.width() / static_cast<double>(values.size() - 1);
    for (const double value : values) {
        const double height = range > 0 ? (value - least) / range : 0.5;
        line.append({room.left() + step * static_cast<double>(line.size()), room.bottom() - height * room.height()});
    }
    return line;
}

} // namespace odin
