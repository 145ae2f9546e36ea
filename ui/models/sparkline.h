// Sparkline: a few values as a line that fills its room, without axes.
// Thread: any. Owner: none, a free function.
#pragma once

#include <QList>
#include <QPolygonF>
#include <QRectF>

namespace odin {

/// From the left edge to the right in even steps, the smallest value at the bottom, the largest on top. Values that are
/// all the same lie in the middle; fewer than two values are no line.
QPolygonF sparkline(const QList<double> &values, const QRectF &room);

} // namespace odin
