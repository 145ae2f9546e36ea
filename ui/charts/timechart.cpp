#include "ui/charts/timechart.h"

#include "ui/charts/chartframe.h"

#include <QAreaSeries>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QValueAxis>

namespace odin {

namespace {

constexpr int numberPixels = 11;

} // namespace

TimeChart::TimeChart(ChartText text, std::vector<ChartLine> lines, QWidget *parent)
    : QChartView(parent), m_text(std::move(text)), m_time(new QValueAxis(this)), m_value(new QValueAxis(this))
{
    setAccessibleName(m_text.name);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setFocusPolicy(Qt::NoFocus);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMinimumSize(200, 120);
    chart()->legend()->hide();
    chart()->setBackgroundVisible(false);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setMargins({});
    prepareAxis(m_time, Qt::AlignBottom);
    prepareAxis(m_value, Qt::AlignRight);
    for (const auto &line : lines)
        m_lines.push_back(addLine(line));
    takeColours();
}

void TimeChart::prepareAxis(QValueAxis *axis, Qt::Alignment side)
{
    chart()->addAxis(axis, side);
    axis->setLabelsVisible(false);
    axis->setLineVisible(false);
    axis->setGridLineVisible(false);
}

TimeChart::Drawn TimeChart::addLine(const ChartLine &look)
{
    const auto add = [this](QAbstractSeries *series) {
        chart()->addSeries(series);
        series->attachAxis(m_time);
        series->attachAxis(m_value);
    };
    auto *line = new QLineSeries(this);
    QAreaSeries *area = nullptr;
    if (look.filled) {
        area = new QAreaSeries(line);
        add(area); // below its line
    }
    add(line);
    return {look, line, area};
}

void TimeChart::draw(std::chrono::milliseconds window, const QList<QList<QPointF>> &lines)
{
    m_window = window;
    m_empty = true;
    double max = 0;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        for (const auto &point : lines[i])
            max = std::max(max, point.y());
        m_empty = m_empty && lines[i].isEmpty();
        m_lines[static_cast<std::size_t>(i)].line->replace(lines[i]);
    }
    m_scale = AxisScale::covering(max, m_text.step);
    m_time->setRange(-std::chrono::duration<double>(window).count(), 0);
    m_value->setRange(0, m_scale.top());
    viewport()->update();
}

void TimeChart::takeColours()
{
    for (const auto &drawn : m_lines) {
        auto colour = colourOf(drawn.look.tone);
        drawn.line->setPen(QPen(colour, drawn.look.width));
        if (!drawn.area)
            continue;
        colour.setAlphaF(0.14f);
        drawn.area->setPen(Qt::NoPen);
        drawn.area->setBrush(colour);
    }
}

void TimeChart::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        takeColours();
}

void TimeChart::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    chart()->setPlotArea(QRectF(viewport()->rect()).marginsRemoved(chartMargins));
}

void TimeChart::drawBackground(QPainter *painter, const QRectF &) { drawGrid(*painter, chart()->plotArea()); }

void TimeChart::drawForeground(QPainter *painter, const QRectF &)
{
    const auto plot = chart()->plotArea();
    auto small = font();
    small.setPixelSize(numberPixels);
    painter->setFont(small);
    painter->setPen(colours().muted);
    drawValues(*painter, plot, m_scale, m_text.unit);
    drawTimes(*painter, plot, m_window);
    if (m_empty) // between two lines of the grid
        painter->drawText(plot.translated(0, plot.height() / (2 * AxisScale::steps)), Qt::AlignCenter, m_text.empty);
}

} // namespace odin
