#include "ui/pages/latencypage.h"

#include "ui/charts/barchart.h"
#include "ui/models/format.h"
#include "ui/models/gatewayhistory.h"
#include "ui/settings.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choicebar.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/scrolling.h"
#include "ui/widgets/tone.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

namespace odin {

namespace {

const QString windowKey = QStringLiteral("latency/window");
constexpr int namePixels = 190;
constexpr int rowPixels = 24;
constexpr int tableHeight = int(latencyParts) * rowPixels + 26; // its lines and the header

Tone toneOf(LatencyPart part)
{
    switch (part) {
    case LatencyPart::PublishToStore:
    case LatencyPart::StoreToFeed: return Tone::Warning; // of two clocks
    case LatencyPart::RoundTrip: return Tone::Down;
    case LatencyPart::Gateway:
    case LatencyPart::EndToEnd: return Tone::Up;
    default: return Tone::Accent;
    }
}

Bar barOf(const WaterfallBar &bar)
{
    const auto &latency = bar.latency;
    const auto value = latency.count > 0
        ? QStringLiteral("p50 %1   p99 %2").arg(formatLatency(latency.p50Ms), formatLatency(latency.p99Ms))
        : QStringLiteral("nothing measured");
    return {.name = textOf(bar.part).name,
            .offset = bar.offsetMs,
            .solid = latency.p50Ms,
            .light = latency.p99Ms,
            .value = value,
            .tone = toneOf(bar.part)};
}

} // namespace

LatencyPage::LatencyPage(QWidget *parent)
    : Page(QStringLiteral("Latency"), parent),
      m_window(new ChoiceBar(QStringLiteral("Latency of the last"),
                             {QStringLiteral("1 min"), QStringLiteral("15 min"), QStringLiteral("1 h")}, this)),
      m_problem(new Banner(this)),
      m_chart(new BarChart(QStringLiteral("Waterfall of the latency"),
                           {{QStringLiteral("two clocks"), Tone::Warning},
                            {QStringLiteral("inside the gateway"), Tone::Accent},
                            {QStringLiteral("client"), Tone::Down},
                            {QStringLiteral("whole"), Tone::Up}},
                           formatLatency, this)),
      m_table(new DataTable(QStringLiteral("Latency"), QStringLiteral("latency/columns"), this)),
      m_note(makeLabel("body", Tone::Muted, this))
{
    auto *column = scrollingColumn(this);
    column->addLayout(makeHeading());
    column->addWidget(m_problem);
    column->addWidget(makeChartCard(), 1);
    column->addWidget(makeTableCard(), 1);
    const auto say = [this](const QString &problem) { m_problem->say(QStringLiteral("Export"), problem, Tone::Bad); };
    connect(&m_chart->tools(), &ChartTools::exported, this, say);
    connect(m_table, &DataTable::failed, this, say);
}

QLayout *LatencyPage::makeHeading()
{
    auto *row = new QHBoxLayout;
    auto *heading = makeLabel("value", Tone::Normal, this);
    heading->setText(windowTitle());
    row->addWidget(heading);
    row->addStretch();
    row->addWidget(m_window);
    m_window->choose(consoleSettings().value(windowKey, 0).toInt());
    connect(m_window, &ChoiceBar::choiceChanged, this, [this](int index) {
        consoleSettings().setValue(windowKey, index);
        presentWindow();
    });
    return row;
}

Card *LatencyPage::makeChartCard()
{
    auto *card = new Card(QStringLiteral("Where the time goes"), this);
    auto *reading = makeLabel("body", Tone::Muted, card);
    reading->setText(
        QStringLiteral("Solid to the median, lighter to the 99th percentile. A part begins where the medians "
                       "before it end; these are not the median of the whole, which has bars of its own."));
    reading->setWordWrap(true);
    card->addControl(m_chart->tools().makeButton());
    card->addContent(m_chart);
    card->addContent(reading, 0);
    return card;
}

Card *LatencyPage::makeTableCard()
{
    auto *card = new Card(QStringLiteral("Percentiles of all that was measured in this time"), this);
    auto *menu = new QPushButton(QStringLiteral("Table"), card);
    menu->setProperty("role", QStringLiteral("small"));
    menu->setAccessibleName(QStringLiteral("Menu of the table of the latency"));
    menu->setMenu(m_table->menu());
    card->addControl(menu);
    m_table->setSortingEnabled(false); // in the order of the way
    m_table->setWordWrap(false);
    m_table->showModel(m_model);
    if (m_table->columnWidth(LatencyStagesModel::Stage) < namePixels)
        m_table->setColumnWidth(LatencyStagesModel::Stage, namePixels);
    m_table->verticalHeader()->setMinimumSectionSize(rowPixels);
    m_table->verticalHeader()->setDefaultSectionSize(rowPixels);
    m_table->setMinimumHeight(tableHeight);
    card->addContent(m_table);
    m_note->setWordWrap(true);
    card->addContent(m_note, 0);
    return card;
}

void LatencyPage::present(const SnapshotPtr &snapshot, const GatewayHistory &history)
{
    m_snapshot = snapshot;
    m_history = &history;
    presentWindow();
}

void LatencyPage::presentWindow()
{
    if (!m_snapshot)
        return;
    const auto parts = m_history->latency.over(static_cast<std::size_t>(m_window->chosen()), m_snapshot->takenMs);
    QList<Bar> bars;
    for (const auto &bar : waterfall(parts))
        bars.append(barOf(bar));
    m_chart->setBars(bars);
    m_model.setParts(parts);
    const bool any = parts[std::size_t(LatencyPart::EndToEnd)].count() > 0;
    m_note->setText(
        any ? QStringLiteral("Yellow parts compare the clocks of two machines: what comes out below zero counts as "
                             "zero. Blue parts and the whole gateway are of one clock. The counts of every second are "
                             "added, and the percentiles come from the sum; a second without deliveries adds nothing. "
                             "Values are off by 1/32 at most.")
            : QStringLiteral("Nothing was delivered to a client in this time: connect one to see how late it "
                             "gets its prices."));
}

} // namespace odin
