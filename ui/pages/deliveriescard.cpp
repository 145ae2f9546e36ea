#include "ui/pages/deliveriescard.h"

#include "ui/charts/timechart.h"
#include "ui/models/format.h"

#include <QLabel>

namespace odin {

DeliveriesCard::DeliveriesCard(QWidget *parent)
    : Card(QStringLiteral("Deliveries per second"), parent),
      m_rate(addNumber(Tone::Up, QStringLiteral("1,000,000 /s"))),
      m_bytes(addNumber(Tone::Muted, QStringLiteral("000 MB/s"))),
      m_chart(new TimeChart({.name = QStringLiteral("Chart of the deliveries per second"),
                             .unit = QStringLiteral("/s"),
                             .step = 1,
                             .empty = QStringLiteral("No data yet")},
                            {{.tone = Tone::Up, .filled = true}}, this))
{
    addContent(m_chart);
}

void DeliveriesCard::present(const GatewaySnapshot &snapshot, const GatewayHistory &history,
                             std::chrono::milliseconds window)
{
    m_rate->setText(formatRate(snapshot.deliveriesPerSecond));
    m_bytes->setText(formatBytes(snapshot.bytesPerSecond) + QStringLiteral("/s"));
    m_chart->draw(window, {history.deliveriesPerSecond.shown(snapshot.takenMs, window)});
}

} // namespace odin
