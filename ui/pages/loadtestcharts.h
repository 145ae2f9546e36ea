// LoadTestCharts: the course of a load test: connections, latency, updates.
// Thread: main. Owner: LoadTestPage.
#pragma once

#include "ui/models/loadtestseries.h"

#include <QWidget>

class QLabel;

namespace odin {

class TimeChart;

class LoadTestCharts final : public QWidget
{
    Q_OBJECT
public:
    explicit LoadTestCharts(QWidget *parent = nullptr);

    void draw(const LoadTestSeries &series, const LoadTestReading &now);

private:
    void addConnections();
    void addLatency();
    void addUpdates();

    QLabel *m_open;
    QLabel *m_p50;
    QLabel *m_p99;
    QLabel *m_max;
    QLabel *m_updates;
    TimeChart *m_openChart;
    TimeChart *m_latencyChart;
    TimeChart *m_updatesChart;
};

} // namespace odin
