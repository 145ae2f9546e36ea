#include "ui/charts/chartframe.h"

#include "ui/models/format.h"
#include "ui/palette.h"

#include <QPainter>

#include <algorithm>
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

void drawValues(QPainter &painter, const QRectF &plot, const QStringList &numbers)
{
    for (int i = 0; i < numbers.size(); ++i) {
        const QRectF beside(plot.right() + gap, lineAt(i, plot) - 8, 200, 16);
        painter.drawText(beside, Qt::AlignLeft | Qt::AlignVCenter, numbers[i]);
    }
}

void drawCursor(QPainter &painter, const QRectF &plot, qreal x, const QList<CursorLine> &said)
{
    constexpr qreal lineHeight = 15;
    painter.setPen(QPen(colours().muted, 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    qreal width = 0;
    for (const auto &line : said)
        width = std::max(width, painter.fontMetrics().horizontalAdvance(line.text) + 2 * gap);
    const bool onTheLeft = x > plot.center().x();
    const QRectF box(onTheLeft ? x - width - gap : x + gap, plot.top(), width,
                     lineHeight * static_cast<qreal>(said.size()) + gap);
    painter.setBrush(colours().raised);
    painter.setPen(QPen(colours().border, 1));
    painter.drawRoundedRect(box, 4, 4);
    QRectF row(box.left() + gap, box.top() + gap / 2, width, lineHeight);
    for (const auto &line : said) {
        painter.setPen(colourOf(line.tone));
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, line.text);
        row.translate(0, lineHeight);
    }
}

void drawTimes(QPainter &painter, const QRectF &plot, std::chrono::milliseconds window, const QString &end)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(window).count();
    const auto start =
        minutes % 60 == 0 ? QStringLiteral("−%1 h").arg(minutes / 60) : QStringLiteral("−%1 min").arg(minutes);
    const QRectF row(plot.left(), plot.bottom() + 4, plot.width(), 14);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, start);
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, end);
}

} // namespace odin
