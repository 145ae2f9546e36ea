// TimeChart: lines over the last minutes, values from 0 up, "now" at the right edge.
// Thread: main. Owner: its parent widget.
// Grid and numbers are drawn here, not by QtCharts' axes: they keep their room, so that the plot never shifts.
#pragma once

#include "ui/models/axisscale.h"
#include "ui/palette.h"

#include <QChartView>
#include <QList>
#include <QPointF>

#include <chrono>
#include <vector>

class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace odin {

struct ChartLine
{
    Tone tone = Tone::Accent;
    qreal width = 1.5;
    bool filled = false;
};

struct ChartText
{
    QString name;      ///< for screen readers
    QString unit;      ///< behind the topmost number: " ms"
    double step = 1;   ///< the axis' numbers are multiples of it
    QString empty;     ///< said as long as there is nothing to draw
};

class TimeChart : public QChartView
{
    Q_OBJECT
public:
    TimeChart(ChartText text, std::vector<ChartLine> lines, QWidget *parent = nullptr);

    /// One list per line, as HistorySeries::shown() gives it for this window.
    void draw(std::chrono::milliseconds window, const QList<QList<QPointF>> &lines);

    AxisScale scale() const { return m_scale; }

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
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

    const ChartText m_text;
    QValueAxis *m_time;
    QValueAxis *m_value;
    std::vector<Drawn> m_lines;
    AxisScale m_scale;
    std::chrono::milliseconds m_window{60'000};
    bool m_empty = true;
};

} // namespace odin
