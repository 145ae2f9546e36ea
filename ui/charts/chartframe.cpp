#include "ui/charts/chartframe.h"

#include "ui/models/format.h"
#include "ui/palette.h"

#include <QPainter>

#include <cmath>

namespace odin {

namespace {

constexpr qreal gap = 6;

qreal lineAt(int step, const QRectF &plot)
{
    return std::round(plot.bottom() - plot.height() * step / AxisScale::steps) + 0.5; // crisp on whole pixels
}

} // namespace

void drawGrid(QPainter &painter, const QRectF &plot)
{
    painter.setPen(QPen(colours().border, 1));
    for (int i = 0; i <= AxisScale::steps; ++i)
        painter.drawLine(QPointF(plot.left(), lineAt(i, plot)), QPointF(plot.right(), lineAt(i, plot)));
}

void drawValues(QPainter &painter, const QRectF &plot, const AxisScale &scale, const QString &unit)
{
    for (int i = 0; i <= AxisScale::steps; ++i) {
        const auto number = formatTick(scale.step * i, scale.top());
        const QRectF room(plot.right() + gap, lineAt(i, plot) - 8, chartMargins.right() - gap, 16);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, i == AxisScale::steps ? number + unit : number);
    }
}

void drawTimes(QPainter &painter, const QRectF &plot, std::chrono::milliseconds window)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(window).count();
    const auto start =
        minutes % 60 == 0 ? QStringLiteral("−%1 h").arg(minutes / 60) : QStringLiteral("−%1 min").arg(minutes);
    const QRectF row(plot.left(), plot.bottom() + 4, plot.width(), 14);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, start);
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("now"));
}

} // namespace odin
