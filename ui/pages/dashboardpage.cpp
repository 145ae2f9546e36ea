#include "ui/pages/dashboardpage.h"

#include "core/flow/operatorport.h"
#include "ui/charts/latencychart.h"
#include "ui/models/lampstate.h"
#include "ui/pages/connectionscard.h"
#include "ui/pages/deliveriescard.h"
#include "ui/pages/eventscard.h"
#include "ui/pages/hurtingcard.h"
#include "ui/pages/latencycard.h"
#include "ui/pages/loadcard.h"
#include "ui/pages/tokenscard.h"
#include "ui/settings.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/choicebar.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/scrolling.h"
#include "ui/widgets/statuslamp.h"
#include "ui/widgets/tone.h"

#include <QGridLayout>
#include <QLabel>

#include <array>

namespace odin {

namespace {

using std::chrono::minutes;

constexpr std::array chartWindows{minutes(1), minutes(15), minutes(60)};
const QString windowKey = QStringLiteral("dashboard/window");

} // namespace

DashboardPage::DashboardPage(OperatorPort &gateway, QWidget *parent)
    : Page(QStringLiteral("Dashboard"), parent),
      m_gateway(gateway),
      m_window(new ChoiceBar(QStringLiteral("Charts show the last"),
                             {QStringLiteral("1 min"), QStringLiteral("15 min"), QStringLiteral("1 h")}, this)),
      m_banner(new Banner(this)),
      m_problem(new Banner(this)),
      m_hurting(new HurtingCard(this)),
      m_connections(new ConnectionsCard(this)),
      m_latency(new LatencyCard(this)),
      m_deliveries(new DeliveriesCard(this)),
      m_load(new LoadCard(this)),
      m_events(new EventsCard(this)),
      m_tokens(new TokensCard(gateway, this))
{
    layOut();
    m_window->choose(consoleSettings().value(windowKey, 0).toInt());
    connect(m_window, &ChoiceBar::choiceChanged, this, [this](int index) {
        consoleSettings().setValue(windowKey, index);
        presentCharts();
    });
    connect(m_events, &EventsCard::logWanted, this, [this] { Q_EMIT pageWanted(QStringLiteral("Log")); });
    tellOfExports();
}

void DashboardPage::tellOfExports()
{
    const auto say = [this](const QString &problem) { m_problem->say(QStringLiteral("Export"), problem, Tone::Bad); };
    for (TimeChart *chart :
         {m_connections->chart(), static_cast<TimeChart *>(m_latency->chart()), m_deliveries->chart(), m_load->chart()})
        connect(&chart->tools(), &ChartTools::exported, this, say);
    connect(m_events->table(), &DataTable::failed, this, say);
}

void DashboardPage::layOut()
{
    auto *column = scrollingColumn(this);
    column->addLayout(makeHeading());
    column->addWidget(m_banner);
    column->addWidget(m_problem);
    column->addWidget(m_hurting);
    column->addLayout(makeCards(), 1);
}

QLayout *DashboardPage::makeHeading()
{
    auto *row = new QHBoxLayout;
    auto *heading = makeLabel("value", Tone::Normal, this);
    heading->setText(windowTitle());
    row->addWidget(heading);
    row->addStretch();
    row->addWidget(m_window);
    return row;
}

QLayout *DashboardPage::makeCards()
{
    auto *cards = new QGridLayout;
    cards->setSpacing(12);
    cards->addWidget(m_connections, 0, 0);
    cards->addWidget(m_latency, 0, 1);
    cards->addWidget(m_deliveries, 1, 0);
    cards->addWidget(m_load, 1, 1);
    cards->addWidget(m_events, 2, 0);
    cards->addWidget(m_tokens, 2, 1);
    for (const int column : {0, 1})
        cards->setColumnStretch(column, 1);
    for (const int row : {0, 1, 2})
        cards->setRowStretch(row, 1);
    return cards;
}

void DashboardPage::present(const SnapshotPtr &snapshot, const GatewayHistory &history)
{
    m_snapshot = snapshot;
    m_history = &history;
    const auto lamp = lampStatus(*snapshot);
    m_banner->say(lamp.word, lamp.detail, toneOf(lamp.state));
    m_hurting->present(*snapshot, history);
    m_events->present(history.events.list(), m_gateway.log(m_events->newestLogged()));
    m_tokens->present(*snapshot);
    presentCharts();
}

void DashboardPage::presentCharts()
{
    if (!m_snapshot)
        return;
    const auto window = chartWindows[static_cast<std::size_t>(m_window->chosen())];
    m_connections->present(*m_snapshot, *m_history, window);
    m_latency->present(*m_snapshot, *m_history, window);
    m_deliveries->present(*m_snapshot, *m_history, window);
    m_load->present(*m_snapshot, *m_history, window);
}

} // namespace odin
