#include "ui/pages/tokenscard.h"

#include "ui/models/simulatortext.h"
#include "ui/pages/tokendelegate.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/toggleswitch.h"
#include "ui/widgets/tone.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace odin {

namespace {

constexpr int rowHeight = 28;

} // namespace

TokensCard::TokensCard(OperatorPort &gateway, QWidget *parent)
    : Card(QStringLiteral("Simulated tokens"), parent),
      m_gateway(gateway),
      m_table(new QTableView(this)),
      m_empty(makeLabel("body", Tone::Muted, this)),
      m_problem(new Banner(this)),
      m_all(new QPushButton(QStringLiteral("All off"), this))
{
    prepareTable();
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_all->setProperty("role", QStringLiteral("small"));
    addControl(m_all);
    addContent(m_problem, 0);
    addContent(m_table);
    addContent(m_empty);
    connect(m_all, &QPushButton::clicked, this, &TokensCard::switchAll);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &TokensCard::makeSwitches);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &TokensCard::showSwitches);
}

void TokensCard::prepareTable()
{
    using Model = SimulatedTokensModel;
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new TokenDelegate(m_table));
    m_table->setAccessibleName(QStringLiteral("Simulated tokens"));
    m_table->setFocusPolicy(Qt::NoFocus); // its switches have it
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setShowGrid(false);
    m_table->setMinimumHeight(3 * rowHeight);
    m_table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // what is left of the window, and no more
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    for (const int hidden : {Model::Volume, Model::Interval})
        m_table->setColumnHidden(hidden, true);
    auto *header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Stretch);
    header->setSectionResizeMode(Model::On, QHeaderView::Fixed);
    header->setSectionsClickable(false);
    header->setHighlightSections(false);
    m_table->setColumnWidth(Model::On, 44);
}

void TokensCard::present(const GatewaySnapshot &snapshot)
{
    m_model.setSnapshot(snapshot);
    const bool any = m_model.rowCount() > 0;
    m_table->setVisible(any);
    m_all->setVisible(any);
    m_empty->setVisible(!any);
    m_empty->setText(whyNothingIsSimulated(snapshot));
}

void TokensCard::makeSwitches()
{
    m_switches.clear(); // the table has deleted them with their rows
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const auto token = m_model.tokenAt(row);
        auto *toggle = new ToggleSwitch(QStringLiteral("Simulate ") + QString::fromUtf8(token));
        connect(toggle, &QAbstractButton::clicked, this, [this, token](bool on) { switchToken(token, on); });
        toggle->installEventFilter(this);
        m_table->setIndexWidget(m_model.index(row, SimulatedTokensModel::On), toggle);
        m_switches.push_back(toggle);
    }
    showSwitches();
}

void TokensCard::showSwitches()
{
    for (std::size_t row = 0; row < m_switches.size(); ++row)
        m_switches[row]->setChecked(m_model.isOn(static_cast<int>(row)));
    m_all->setText(m_model.anyOn() ? QStringLiteral("All off") : QStringLiteral("All on"));
}

bool TokensCard::switchToken(const QByteArray &token, bool on)
{
    const auto done = m_gateway.changeSimulated(token, {.on = on});
    if (done)
        m_model.expect(token, on);
    else
        showSwitches();
    m_problem->say(QString::fromUtf8(token), done ? QString() : done.error().text, Tone::Bad);
    return done.ok();
}

void TokensCard::switchAll()
{
    const bool on = !m_model.anyOn();
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.isOn(row) != on && !switchToken(m_model.tokenAt(row), on))
            return; // what is wrong with one is wrong with all
    }
}

bool TokensCard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn) {
        const auto found = std::ranges::find(m_switches, watched);
        if (found != m_switches.end())
            m_table->scrollTo(m_model.index(static_cast<int>(found - m_switches.begin()), SimulatedTokensModel::On));
    }
    return Card::eventFilter(watched, event);
}

} // namespace odin
