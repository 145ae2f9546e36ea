#include "ui/pages/deliveriescard.h"

#include "ui/charts/timechart.h"
#include "ui/models/format.h"

#include <QLabel>

namespace odin {

DeliveriesCard::DeliveriesCard(QWidget *parent)
    : Card(QStringLiteral("Rates"), parent),
      m_rate(addNumber(Tone::Up, QStringLiteral("out 1,000,000 /s"))),
      m_updates(addNumber(Tone::Accent, QStringLiteral("in 00,000 /s"))),
      m_bytes(addNumber(Tone::Muted, QStringLiteral("000 MB/s"))),
      m_chart(new TimeChart({.name = QStringLiteral("Chart of the deliveries per second"),
                             .unit = QStringLiteral("/s"),
                             .step = 1,
                             .empty = QStringLiteral("No data yet"),
                             .value = formatRate},
                            {{.tone = Tone::Up, .filled = true, .name = QStringLiteral("out")},
                             {.tone = Tone::Accent, .width = 1, .name = QStringLiteral("in")}},
                            this))
{
    addControl(m_chart->tools().makeButton());
    addContent(m_chart);
}

void DeliveriesCard::present(const GatewaySnapshot &snapshot, const GatewayHistory &history,
                             std::chrono::milliseconds window)
{
    m_rate->setText(QStringLiteral("out ") + formatRate(snapshot.deliveriesPerSecond));
    m_updates->setText(QStringLiteral("in ") + formatRate(snapshot.updatesPerSecond));
    m_bytes->setText(formatBytes(snapshot.bytesPerSecond) + QStringLiteral("/s"));
    m_chart->draw(window, snapshot.takenMs, {&history.deliveriesPerSecond, &history.updatesPerSecond});
}

} // namespace odin
