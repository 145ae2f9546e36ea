#include "ui/pages/loadtestcharts.h"

#include "ui/charts/latencychart.h"
#include "ui/models/format.h"
#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QLabel>

namespace odin {

namespace {

const QString nothingYet = QStringLiteral("No test yet");

} // namespace

LoadTestCharts::LoadTestCharts(QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    addConnections();
    addLatency();
    addUpdates();
}

void LoadTestCharts::addConnections()
{
    auto *card = new Card(QStringLiteral("Connected"), this);
    m_open = card->addNumber(Tone::Accent, QStringLiteral("20,000"));
    m_openChart = new TimeChart({.name = QStringLiteral("Chart of the load test's connected clients"),
                                 .unit = {},
                                 .step = 1,
                                 .empty = nothingYet},
                                {{.tone = Tone::Accent, .filled = true}}, card);
    card->addContent(m_openChart);
    layout()->addWidget(card);
}

void LoadTestCharts::addLatency()
{
    auto *card = new Card(QStringLiteral("Latency"), this);
    m_p50 = card->addNumber(LatencyChart::p50Tone, QStringLiteral("p50 000 ms"));
    m_p99 = card->addNumber(LatencyChart::p99Tone, QStringLiteral("p99 000 ms"));
    m_max = card->addNumber(LatencyChart::maxTone, QStringLiteral("max 0,000 ms"));
    m_latencyChart = new TimeChart(
        {.name = QStringLiteral("Chart of the latency that the load test measures"),
         .unit = QStringLiteral(" ms"),
         .step = 0.1,
         .empty = nothingYet},
        {{.tone = LatencyChart::maxTone, .width = 1}, {.tone = LatencyChart::p99Tone}, {.tone = LatencyChart::p50Tone}},
        card);
    card->setToolTip(QStringLiteral("From the publisher's timestamp until a client has the update"));
    card->addContent(m_latencyChart);
    layout()->addWidget(card);
}

void LoadTestCharts::addUpdates()
{
    auto *card = new Card(QStringLiteral("Updates"), this);
    m_updates = card->addNumber(Tone::Up, QStringLiteral("2,000,000 /s"));
    m_updatesChart = new TimeChart({.name = QStringLiteral("Chart of the updates that the load test receives"),
                                    .unit = QStringLiteral(" /s"),
                                    .step = 1,
                                    .empty = nothingYet},
                                   {{.tone = Tone::Up, .filled = true}}, card);
    card->addContent(m_updatesChart);
    layout()->addWidget(card);
}

void LoadTestCharts::draw(const LoadTestSeries &series, const LoadTestReading &now)
{
    const auto window = series.window();
    const auto shown = [&](const HistorySeries &line) { return line.shown(series.newestMs, window); };
    const auto text = [](const std::optional<double> &ms) { return ms ? formatLatency(*ms) : noValue; };
    m_open->setText(formatCount(static_cast<quint64>(std::max(0, now.open))));
    m_p50->setText(QStringLiteral("p50 ") + text(now.p50Ms));
    m_p99->setText(QStringLiteral("p99 ") + text(now.p99Ms));
    m_max->setText(QStringLiteral("max ") + text(now.maxMs));
    m_updates->setText(formatRate(now.updatesPerSecond));
    m_openChart->draw(window, {shown(series.open)});
    m_latencyChart->draw(window, {shown(series.maxMs), shown(series.p99Ms), shown(series.p50Ms)});
    m_updatesChart->draw(window, {shown(series.updatesPerSecond)});
}

} // namespace odin
