// The grid around a chart's lines and the numbers beside it, drawn in the painter's pen and font.
// Thread: main. Owner: none, free functions.
#pragma once

#include "ui/models/axisscale.h"

#include <QMarginsF>

#include <chrono>

class QPainter;
class QRectF;
class QString;

namespace odin {

/// Room for the numbers around the plot.
inline constexpr QMarginsF chartMargins(1, 8, 54, 20);

void drawGrid(QPainter &painter, const QRectF &plot);
/// On the right; the topmost number carries the unit.
void drawValues(QPainter &painter, const QRectF &plot, const AxisScale &scale, const QString &unit);
/// Below: how far back the left edge is, and "now".
void drawTimes(QPainter &painter, const QRectF &plot, std::chrono::milliseconds window);

} // namespace odin
