// ChartTools: what every chart can do besides drawing: be paused, exported and copied as a picture, by menu and keys.
// Thread: main. Owner: the chart.
#pragma once

#include "ui/palette.h"

#include <QImage>
#include <QList>
#include <QObject>
#include <QPushButton>
#include <QString>

class QAction;
class QMenu;
class QWidget;

namespace odin {

/// What the colours of a chart mean, for its picture.
struct ChartLegend
{
    QString name;
    Tone tone = Tone::Normal;
};

class ChartTools final : public QObject
{
    Q_OBJECT
public:
    /// The chart has its accessible name: its pictures are titled with it.
    ChartTools(QWidget &chart, QList<ChartLegend> legend);

    /// Pause, copy and export, for a button; the same as on a right click.
    QMenu *menu() const { return m_menu; }
    /// A button with that menu, for the title row of the chart's card.
    QPushButton *makeButton();

    /// The chart stays as it is meanwhile. What comes in is not lost: it is shown when the chart goes on.
    bool isPaused() const;
    void setPaused(bool paused);

    /// The chart with its title and legend, at twice the size that it has on the screen.
    QImage picture() const;
    /// picture() as PNG, whole or not at all. Emits exported(), and returns whether it was written.
    bool exportTo(const QString &path);
    void copy() const;

    /// Space, Ctrl+C and the right click of the chart.
    bool eventFilter(QObject *chart, QEvent *event) override;

Q_SIGNALS:
    void pausedChanged(bool paused);
    /// Empty: it is there. Otherwise what happened and why, in one sentence.
    void exported(const QString &problem);

private:
    void askAndExport();

    QWidget &m_chart;
    const QList<ChartLegend> m_legend;
    QMenu *m_menu;
    QAction *m_pause;
};

} // namespace odin
