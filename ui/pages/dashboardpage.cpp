#include "ui/pages/dashboardpage.h"

#include "ui/models/lampstate.h"
#include "ui/pages/connectionscard.h"
#include "ui/pages/deliveriescard.h"
#include "ui/pages/latencycard.h"
#include "ui/pages/tokenscard.h"
#include "ui/settings.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/choicebar.h"
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
      m_window(new ChoiceBar(QStringLiteral("Charts show the last"),
                             {QStringLiteral("1 min"), QStringLiteral("15 min"), QStringLiteral("1 h")}, this)),
      m_banner(new Banner(this)),
      m_connections(new ConnectionsCard(this)),
      m_latency(new LatencyCard(this)),
      m_deliveries(new DeliveriesCard(this)),
      m_tokens(new TokensCard(gateway, this))
{
    layOut();
    m_window->choose(consoleSettings().value(windowKey, 0).toInt());
    connect(m_window, &ChoiceBar::choiceChanged, this, [this](int index) {
        consoleSettings().setValue(windowKey, index);
        presentCharts();
    });
}

void DashboardPage::layOut()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(12);
    column->addLayout(makeHeading());
    column->addWidget(m_banner);
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
    cards->addWidget(m_tokens, 1, 1);
    for (const int line : {0, 1}) {
        cards->setColumnStretch(line, 1);
        cards->setRowStretch(line, 1);
    }
    return cards;
}

void DashboardPage::present(const SnapshotPtr &snapshot, const GatewayHistory &history)
{
    m_snapshot = snapshot;
    m_history = &history;
    const auto lamp = lampStatus(*snapshot);
    m_banner->say(lamp.word, lamp.detail, toneOf(lamp.state));
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
}

} // namespace odin
