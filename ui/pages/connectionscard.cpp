#include "ui/pages/connectionscard.h"

#include "ui/charts/timechart.h"
#include "ui/models/format.h"

#include <QLabel>

namespace odin {

namespace {

QString countText(int count) { return formatCount(static_cast<quint64>(std::max(0, count))); }

} // namespace

ConnectionsCard::ConnectionsCard(QWidget *parent)
    : Card(QStringLiteral("Connections"), parent),
      m_clients(addNumber(Tone::Accent, QStringLiteral("20,000"))),
      m_sockets(addNumber(Tone::Muted, QStringLiteral("20,000 of 20,000 sockets in use"))),
      m_chart(new TimeChart({.name = QStringLiteral("Chart of the connected clients"),
                             .unit = {},
                             .step = 1,
                             .empty = QStringLiteral("No data yet")},
                            {{.tone = Tone::Accent, .filled = true, .name = QStringLiteral("clients")}}, this))
{
    addControl(m_chart->tools().makeButton());
    addContent(m_chart);
}

void ConnectionsCard::present(const GatewaySnapshot &snapshot, const GatewayHistory &history,
                              std::chrono::milliseconds window)
{
    m_clients->setText(countText(snapshot.clients));
    m_sockets->setText(QStringLiteral("%1 of %2 sockets in use")
                           .arg(countText(snapshot.connections), countText(snapshot.connectionsMax)));
    m_chart->draw(window, snapshot.takenMs, {&history.clients});
}

} // namespace odin
