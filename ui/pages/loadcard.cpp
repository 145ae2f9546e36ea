#include "ui/pages/loadcard.h"

#include "ui/charts/timechart.h"
#include "ui/models/format.h"

#include <QLabel>

namespace odin {

LoadCard::LoadCard(QWidget *parent)
    : Card(QStringLiteral("Processor and memory"), parent),
      m_cpu(addNumber(Tone::Accent, QStringLiteral("800.0% of a core"))),
      m_memory(addNumber(Tone::Muted, QStringLiteral("000 MB memory"))),
      m_chart(new TimeChart({.name = QStringLiteral("Chart of the processor time"),
                             .unit = QStringLiteral("%"),
                             .step = 1,
                             .empty = QStringLiteral("No data yet"),
                             .value = formatPercent},
                            {{.tone = Tone::Accent, .filled = true, .name = QStringLiteral("CPU")}}, this))
{
    setToolTip(QStringLiteral("Of the whole process: 100% is one core, the window and the simulator count too"));
    addControl(m_chart->tools().makeButton());
    addContent(m_chart);
}

void LoadCard::present(const GatewaySnapshot &snapshot, const GatewayHistory &history, std::chrono::milliseconds window)
{
    m_cpu->setText(formatPercent(snapshot.cpuPercent) + QStringLiteral(" of a core"));
    m_memory->setText(formatBytes(static_cast<double>(snapshot.residentBytes)) + QStringLiteral(" memory"));
    m_chart->draw(window, snapshot.takenMs, {&history.cpuPercent});
}

} // namespace odin
