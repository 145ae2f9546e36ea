// TimeChart: lines over the last minutes, values from 0 up or around where they lie, "now" at the right edge.
// Thread: main. Owner: its parent widget.
// Grid and numbers are drawn here, not by QtCharts' axes: they keep their room, so that the plot never shifts.
#pragma once

#include "ui/charts/charttools.h"
#include "ui/models/axisscale.h"
#include "ui/models/chartreading.h"
#include "ui/models/historyseries.h"

#include <QChartView>
#include <QList>
#include <QPointF>
#include <QTimer>

#include <chrono>
#include <optional>
#include <vector>

class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace odin {

struct CursorLine;

struct ChartLine
{
    Tone tone = Tone::Accent;
    qreal width = 1.5;
    bool filled = false;
    QString name = {}; ///< said with its value under the cursor
};

struct ChartText
{
    QString name;      ///< for screen readers
    QString unit;      ///< behind the topmost number: " ms"
    double step = 1;   ///< the axis' numbers are multiples of it
    QString empty;     ///< said as long as there is nothing to draw
    QString (*value)(double) = nullptr; ///< one value under the cursor; none: the number and the unit
};

/// Prices lie around where they are, everything else starts at 0.
enum class ValueAxis { FromZero, Around };

class TimeChart : public QChartView
{
    Q_OBJECT
public:
    TimeChart(ChartText text, std::vector<ChartLine> lines, QWidget *parent = nullptr,
              ValueAxis axis = ValueAxis::FromZero);

    /// One series per line. While the chart is paused it stays where it is, and only another window is shown of it.
    void draw(std::chrono::milliseconds window, qint64 nowMs, const std::vector<const HistorySeries *> &lines);
    /// One list per line, as HistorySeries::shown() gives it for this window. A paused chart leaves it.
    void draw(std::chrono::milliseconds window, const QList<QList<QPointF>> &lines);
    /// Said while there is nothing to draw.
    void setEmptyText(const QString &text);
    /// Forgets what it shows and goes on when it was paused: for something else that is to be shown.
    void clear();

    ChartTools &tools() const { return *m_tools; }
    AxisScale scale() const { return m_scale; }
    /// What is said beside the cursor, in one line; empty without one. Arrow keys move it, Esc takes it away.
    QString reading() const;

protected:
    void changeEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    /// The grid, below the lines.
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    struct Drawn
    {
        ChartLine look;
        QLineSeries *line;
        QAreaSeries *area; // null when not filled
    };

    Drawn addLine(const ChartLine &look);
    void prepareAxis(QValueAxis *axis, Qt::Alignment side);
    void takeColours();
    void showPoints(std::chrono::milliseconds window, qint64 nowMs, const QList<QList<QPointF>> &lines);
    AxisScale scaleOf(const QList<QList<QPointF>> &lines) const;

    void stepCursor(double step);
    void moveCursor(std::optional<double> x);
    std::optional<ChartReading> read() const;
    QList<CursorLine> said(const ChartReading &reading) const;
    QString valueText(double value) const;
    QString timeText(double x) const;
    QStringList axisTexts() const;
    qreal pixelOf(double x) const;

    ChartText m_text;
    const ValueAxis m_axis;
    ChartTools *m_tools;
    QValueAxis *m_time;
    QValueAxis *m_value;
    std::vector<Drawn> m_lines;
    AxisScale m_scale;
    std::chrono::milliseconds m_window{60'000};
    bool m_empty = true;

    // As shown
    QList<QList<QPointF>> m_points;
    qint64 m_nowMs = 0; // 0 = not known
    std::optional<double> m_cursor; // seconds before now
    QTimer m_hover; // draws what the cursor says, chartHoverMs apart
};

} // namespace odin
