#include "ui/pages/latencycard.h"

#include "ui/charts/latencychart.h"
#include "ui/models/format.h"

#include <QLabel>

namespace odin {

LatencyCard::LatencyCard(QWidget *parent)
    : Card(QStringLiteral("Delivery latency"), parent),
      m_p50(addNumber(LatencyChart::p50Tone, QStringLiteral("p50 00.0 ms"))),
      m_p99(addNumber(LatencyChart::p99Tone, QStringLiteral("p99 00.0 ms"))),
      m_max(addNumber(LatencyChart::maxTone, QStringLiteral("max 0,000 ms"))),
      m_chart(new LatencyChart(this))
{
    setToolTip(QStringLiteral("From an update's arrival at the gateway to its writing into the client's socket"));
    addControl(m_chart->tools().makeButton());
    addContent(m_chart);
}

void LatencyCard::present(const GatewaySnapshot &snapshot, const GatewayHistory &history,
                          std::chrono::milliseconds window)
{
    const auto &latency = snapshot.gateway;
    const auto text = [&](double ms) { return latency.count > 0 ? formatLatency(ms) : noValue; };
    m_p50->setText(QStringLiteral("p50 ") + text(latency.p50Ms));
    m_p99->setText(QStringLiteral("p99 ") + text(latency.p99Ms));
    m_max->setText(QStringLiteral("max ") + text(latency.maxMs));
    m_chart->draw(window, snapshot.takenMs, history);
}

} // namespace odin
