// The grid around a chart's lines and the numbers beside it, drawn in the painter's pen and font.
// Thread: main. Owner: none, free functions.
#pragma once

#include "ui/models/axisscale.h"
#include "ui/palette.h"

#include <QMarginsF>
#include <QStringList>

#include <chrono>

class QPainter;
class QRectF;

namespace odin {

/// Room for the numbers around the plot.
inline constexpr QMarginsF chartMargins(1, 8, 54, 20);

void drawGrid(QPainter &painter, const QRectF &plot);
/// On the right, one for each line of the grid from below.
void drawValues(QPainter &painter, const QRectF &plot, const QStringList &numbers);
/// One part of what is said beside the cursor.
struct CursorLine
{
    QString text;
    Tone tone = Tone::Normal;
};
/// A line across the plot at x, and what is said of it, on the side that has more room.
void drawCursor(QPainter &painter, const QRectF &plot, qreal x, const QList<CursorLine> &said);
/// Below: how far back the left edge is, and when the right one is.
void drawTimes(QPainter &painter, const QRectF &plot, std::chrono::milliseconds window, const QString &end);

} // namespace odin
