#include "ui/charts/barchart.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

constexpr int rowHeight = 26;
constexpr int barHeight = 12;
constexpr int axisHeight = 20;
constexpr int gap = 10;
constexpr int numberPixels = 11;
constexpr int plotWidthMin = 160;
constexpr qreal shortest = 2; // what is there can be seen
constexpr double finestStep = 0.01;

int widest(const QFontMetrics &metrics, const QList<Bar> &bars, QString Bar::*text)
{
    int width = 0;
    for (const auto &bar : bars)
        width = std::max(width, metrics.horizontalAdvance(bar.*text));
    return width;
}

AxisScale scaleOf(const QList<Bar> &bars)
{
    double max = 0;
    for (const auto &bar : bars)
        max = std::max(max, bar.offset + std::max(bar.solid, bar.light));
    return AxisScale::covering(max, finestStep);
}

} // namespace

BarChart::BarChart(const QString &name, QList<ChartLegend> legend, QString (*axis)(double), QWidget *parent)
    : QWidget(parent), m_axis(axis)
{
    setAccessibleName(name);
    m_tools = new ChartTools(*this, std::move(legend));
    connect(m_tools, &ChartTools::pausedChanged, this, qOverload<>(&QWidget::update));
}

void BarChart::setBars(const QList<Bar> &bars)
{
    if (m_tools->isPaused())
        return;
    const bool isAsHigh = bars.size() == m_bars.size();
    m_bars = bars;
    m_scale = m_axis ? scaleOf(bars) : AxisScale{1.0 / AxisScale::steps};
    QStringList words;
    for (const auto &bar : bars)
        words.append(bar.name + u' ' + bar.value);
    if (hasFocus()) // a screen reader would be told each second
        setAccessibleDescription(words.join(QStringLiteral(", ")));
    if (!isAsHigh)
        updateGeometry();
    update();
}

QSize BarChart::minimumSizeHint() const
{
    const auto metrics = fontMetrics();
    const int words = widest(metrics, m_bars, &Bar::name) + widest(metrics, m_bars, &Bar::value);
    return {words + 2 * gap + plotWidthMin,
            rowHeight * static_cast<int>(m_bars.size()) + (m_axis ? axisHeight : 0) + 2};
}

QRectF BarChart::plot() const
{
    const auto metrics = fontMetrics();
    const int left = widest(metrics, m_bars, &Bar::name) + gap;
    const int right = widest(metrics, m_bars, &Bar::value) + gap;
    return QRectF(rect()).adjusted(left, 1, -right, m_axis ? -axisHeight : -1);
}

void BarChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto area = plot();
    if (m_axis)
        drawAxis(painter, area);
    QRectF row(0, area.top(), width(), std::max<qreal>(rowHeight, area.height() / std::max<qreal>(1, m_bars.size())));
    for (const auto &bar : m_bars) {
        drawBar(painter, area, row, bar);
        row.translate(0, row.height());
    }
    painter.setBrush(Qt::NoBrush);
    if (m_tools->isPaused()) {
        painter.setPen(colours().warning);
        painter.drawText(area, Qt::AlignRight | Qt::AlignTop, QStringLiteral("Paused"));
    }
    if (hasFocus()) {
        painter.setPen(QPen(colours().accent, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
}

void BarChart::drawAxis(QPainter &painter, const QRectF &plot) const
{
    auto small = font();
    small.setPixelSize(numberPixels);
    painter.save();
    painter.setFont(small);
    for (int step = 0; step <= AxisScale::steps; ++step) {
        const auto x = std::round(plot.left() + plot.width() * step / AxisScale::steps) + 0.5;
        painter.setPen(QPen(colours().border, 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        painter.setPen(colours().muted);
        painter.drawText(QRectF(x - 60, plot.bottom() + 2, 120, axisHeight - 4), Qt::AlignCenter,
                         m_axis(m_scale.at(step)));
    }
    painter.restore();
}

void BarChart::drawBar(QPainter &painter, const QRectF &plot, const QRectF &row, const Bar &bar) const
{
    painter.setPen(colours().text);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, bar.name);
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, bar.value);
    const auto pixels = [&](double value) { return value / m_scale.top() * plot.width(); };
    const QRectF room(plot.left() + pixels(bar.offset), row.center().y() - barHeight / 2.0, 0, barHeight);
    const auto draw = [&](double length, QColor colour) {
        if (length <= 0)
            return;
        auto box = room;
        box.setWidth(std::clamp(pixels(length), shortest, std::max(shortest, plot.right() - room.left())));
        painter.fillRect(box, colour);
    };
    auto pale = colourOf(bar.tone);
    pale.setAlphaF(0.35f);
    draw(bar.light, pale);
    draw(bar.solid, colourOf(bar.tone));
}

void BarChart::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    setBars(QList(m_bars));
}

void BarChart::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace odin
