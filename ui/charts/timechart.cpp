// TimeChart's lines and how they are drawn; what is read off them stands in timechartcursor.cpp.
#include "ui/charts/timechart.h"

#include "core/model/limits.h"
#include "ui/charts/chartframe.h"
#include "ui/models/format.h"

#include <QAreaSeries>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QValueAxis>

#include <algorithm>
#include <limits>

namespace odin {

namespace {

constexpr int numberPixels = 11;
constexpr qreal wideNumbers = 84; // room for a price

QList<ChartLegend> legendOf(const std::vector<ChartLine> &lines)
{
    QList<ChartLegend> legend;
    for (const auto &line : lines) {
        if (!line.name.isEmpty())
            legend.append({line.name, line.tone});
    }
    return legend;
}

} // namespace

TimeChart::TimeChart(ChartText text, std::vector<ChartLine> lines, QWidget *parent, ValueAxis axis)
    : QChartView(parent),
      m_text(std::move(text)),
      m_axis(axis),
      m_time(new QValueAxis(this)),
      m_value(new QValueAxis(this))
{
    setAccessibleName(m_text.name);
    viewport()->setFocusPolicy(Qt::NoFocus); // before the chart gets it: Qt gives the chart what its viewport gets
    m_tools = new ChartTools(*this, legendOf(lines));
    connect(m_tools, &ChartTools::pausedChanged, this, [this] { viewport()->update(); });
    viewport()->setMouseTracking(true);
    m_hover.setSingleShot(true);
    m_hover.setInterval(limits::chartHoverMs);
    connect(&m_hover, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setMinimumSize(200, 100);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // what is left of the window, and no more
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

void TimeChart::draw(std::chrono::milliseconds window, qint64 nowMs, const std::vector<const HistorySeries *> &lines)
{
    if (m_tools->isPaused() && window == m_window)
        return;
    const auto shownMs = m_tools->isPaused() ? m_nowMs : nowMs;
    QList<QList<QPointF>> points;
    for (const auto *line : lines)
        points.append(line->shown(shownMs, window));
    showPoints(window, shownMs, points);
}

void TimeChart::draw(std::chrono::milliseconds window, const QList<QList<QPointF>> &lines)
{
    if (!m_tools->isPaused())
        showPoints(window, 0, lines);
}

void TimeChart::showPoints(std::chrono::milliseconds window, qint64 nowMs, const QList<QList<QPointF>> &lines)
{
    m_window = window;
    m_nowMs = nowMs;
    m_points = lines;
    m_scale = scaleOf(lines);
    m_empty = std::ranges::all_of(lines, &QList<QPointF>::isEmpty);
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        m_lines[i].line->replace(lines.value(static_cast<qsizetype>(i)));
    m_time->setRange(-std::chrono::duration<double>(window).count(), 0);
    m_value->setRange(m_scale.base, m_scale.top());
    viewport()->update();
}

AxisScale TimeChart::scaleOf(const QList<QList<QPointF>> &lines) const
{
    double min = std::numeric_limits<double>::max();
    double max = 0;
    for (const auto &line : lines) {
        for (const auto &point : line) {
            min = std::min(min, point.y());
            max = std::max(max, point.y());
        }
    }
    return m_axis == ValueAxis::FromZero || min > max ? AxisScale::covering(max, m_text.step)
                                                      : AxisScale::around(min, max);
}

void TimeChart::setEmptyText(const QString &text)
{
    m_text.empty = text;
    viewport()->update();
}

void TimeChart::clear()
{
    m_tools->setPaused(false);
    moveCursor(std::nullopt);
    showPoints(m_window, 0, {});
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
    auto margins = chartMargins;
    if (m_axis == ValueAxis::Around)
        margins.setRight(wideNumbers);
    chart()->setPlotArea(QRectF(viewport()->rect()).marginsRemoved(margins));
}

QStringList TimeChart::axisTexts() const
{
    QStringList texts;
    for (int line = 0; line <= AxisScale::steps; ++line) {
        const auto value = m_scale.at(line);
        texts.append(m_axis == ValueAxis::Around ? formatStep(value, m_scale.step) : formatTick(value, m_scale.top()));
    }
    texts.last() += m_text.unit;
    return texts;
}

void TimeChart::drawBackground(QPainter *painter, const QRectF &) { drawGrid(*painter, chart()->plotArea()); }

void TimeChart::drawForeground(QPainter *painter, const QRectF &)
{
    const auto plot = chart()->plotArea();
    auto small = font();
    small.setPixelSize(numberPixels);
    painter->setFont(small);
    painter->setPen(colours().muted);
    drawValues(*painter, plot, axisTexts());
    drawTimes(*painter, plot, m_window, m_tools->isPaused() ? timeText(0) : QStringLiteral("now"));
    if (m_empty) // between two lines of the grid
        painter->drawText(plot.translated(0, plot.height() / (2 * AxisScale::steps)), Qt::AlignCenter, m_text.empty);
    if (m_tools->isPaused()) {
        painter->setPen(colours().warning);
        painter->drawText(plot.adjusted(6, 3, 0, 0), Qt::AlignLeft | Qt::AlignTop, QStringLiteral("Paused"));
    }
    if (const auto reading = read())
        drawCursor(*painter, plot, pixelOf(reading->x), said(*reading));
    if (!hasFocus())
        return;
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(colours().accent, 1));
    painter->drawRoundedRect(QRectF(viewport()->rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

} // namespace odin
