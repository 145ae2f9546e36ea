// BarChart: named bars below one another, each from where it begins, with its value in words.
// Thread: main. Owner: its parent widget.
#pragma once

#include "ui/charts/charttools.h"
#include "ui/models/axisscale.h"

#include <QWidget>

class QPainter;
class QRectF;

namespace odin {

struct Bar
{
    QString name;
    double offset = 0;
    double solid = 0; ///< length
    double light = 0; ///< length of the lighter bar behind it; 0 = none
    QString value; ///< beside it; it is all that screen readers get
    Tone tone = Tone::Accent;
};

class BarChart final : public QWidget
{
    Q_OBJECT
public:
    /// `axis` writes the numbers below the bars; none: the bars are parts of 1, and there are no numbers.
    BarChart(const QString &name, QList<ChartLegend> legend, QString (*axis)(double) = nullptr,
             QWidget *parent = nullptr);

    /// A paused chart leaves them.
    void setBars(const QList<Bar> &bars);
    const QList<Bar> &bars() const { return m_bars; }

    ChartTools &tools() const { return *m_tools; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return minimumSizeHint(); }

protected:
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QRectF plot() const;
    void drawAxis(QPainter &painter, const QRectF &plot) const;
    void drawBar(QPainter &painter, const QRectF &plot, const QRectF &row, const Bar &bar) const;

    QString (*const m_axis)(double);
    ChartTools *m_tools;
    QList<Bar> m_bars;
    AxisScale m_scale;
};

} // namespace odin
