#include "ui/pages/simulatorpage.h"

#include "ui/models/simulatortext.h"
#include "ui/pages/listingcard.h"
#include "ui/pages/playbackcard.h"
#include "ui/pages/scenarioscard.h"
#include "ui/pages/simulatedtable.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/toggleswitch.h"
#include "ui/widgets/tone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace odin {

namespace {

constexpr int sideWidth = 300;

} // namespace

SimulatorPage::SimulatorPage(OperatorPort &gateway, QWidget *parent)
    : Page(QStringLiteral("Simulator"), parent),
      m_gateway(gateway),
      m_model(gateway),
      m_master(new ToggleSwitch(QStringLiteral("Publish simulated prices"), this)),
      m_state(makeLabel("number", Tone::Normal, this)),
      m_summary(makeLabel("body", Tone::Muted, this)),
      m_seed(new QLineEdit(this)),
      m_controls(new QWidget(this)),
      m_problem(new Banner(this)),
      m_content(new QWidget(this)),
      m_empty(makeLabel("body", Tone::Muted, this)),
      m_tokens(new SimulatedTable(m_model, this)),
      m_scenarios(new ScenariosCard(this)),
      m_listing(new ListingCard(this)),
      m_playback(new PlaybackCard(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(12);
    column->addLayout(makeHeading());
    column->addWidget(m_problem);
    m_content->setLayout(makeCards());
    column->addWidget(m_content, 1);
    column->addWidget(m_empty, 1);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    connectCards();
}

QLayout *SimulatorPage::makeHeading()
{
    auto *row = new QHBoxLayout;
    auto *heading = makeLabel("value", Tone::Normal, this);
    heading->setText(windowTitle());
    row->addWidget(heading);
    row->addWidget(m_controls, 1);
    auto *controls = new QHBoxLayout(m_controls);
    controls->setContentsMargins(12, 0, 0, 0);
    reserve(m_state, QStringLiteral("The file has ended"));
    m_seed->setAccessibleName(QStringLiteral("Seed"));
    m_seed->setAlignment(Qt::AlignRight);
    m_seed->setFixedWidth(120);
    auto *seed = makeLabel("body", Tone::Muted, this);
    seed->setText(QStringLiteral("Seed"));
    auto *restart = new QPushButton(QStringLiteral("Restart"), this);
    restart->setAccessibleName(QStringLiteral("Restart the simulation with this seed"));
    restart->setToolTip(QStringLiteral("As at the start of the program: prices at their beginning, every token on"));
    connect(restart, &QPushButton::clicked, this, [this] { this->restart(m_seed->text()); });
    connect(m_seed, &QLineEdit::returnPressed, this, [this] { this->restart(m_seed->text()); });
    for (auto *widget : std::initializer_list<QWidget *>{m_master, m_state, m_summary})
        controls->addWidget(widget);
    controls->addStretch();
    for (auto *widget : std::initializer_list<QWidget *>{seed, m_seed, restart})
        controls->addWidget(widget);
    return row;
}

QLayout *SimulatorPage::makeCards()
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_tokens, 1);
    auto *side = new QVBoxLayout;
    side->setSpacing(12);
    for (auto *card : std::initializer_list<QWidget *>{m_scenarios, m_listing, m_playback}) {
        card->setFixedWidth(sideWidth);
        side->addWidget(card);
    }
    side->addStretch();
    row->addLayout(side);
    return row;
}

void SimulatorPage::connectCards()
{
    connect(m_master, &QAbstractButton::clicked, this, &SimulatorPage::publish);
    connect(&m_model, &SimulatorModel::answered, this, &SimulatorPage::answer);
    connect(m_tokens, &SimulatedTable::chosenChanged, this, &SimulatorPage::showChosen);
    connect(m_tokens, &SimulatedTable::exportFailed, this,
            [this](const QString &problem) { answer(QStringLiteral("Export"), problem); });
    connect(m_scenarios, &ScenariosCard::scenarioAsked, this, &SimulatorPage::startForChosen);
    connect(m_scenarios, &ScenariosCard::endAsked, this, &SimulatorPage::endForChosen);
    connect(m_listing, &ListingCard::listingAsked, this, [this](const ListToken &listing) {
        if (command(QStringLiteral("Listing"), listing))
            m_listing->clear();
    });
    connect(m_playback, &PlaybackCard::playAsked, this,
            [this](const PlayFile &file) { command(QStringLiteral("Playback"), file); });
    connect(m_playback, &PlaybackCard::simulationAsked, this,
            [this] { command(QStringLiteral("Simulation"), RestartSimulation{m_status.seed}); });
}

void SimulatorPage::present(const SnapshotPtr &snapshot, const GatewayHistory &)
{
    m_model.setSnapshot(*snapshot);
    const auto &status = snapshot->simulator;
    m_controls->setVisible(status.has_value());
    m_content->setVisible(status.has_value());
    m_empty->setVisible(!status);
    m_empty->setText(whyNothingIsSimulated(*snapshot));
    m_late = status ? status->problem : QString();
    if (status)
        showState(*status);
    showProblem();
}

void SimulatorPage::showState(const SimulatorStatus &status)
{
    const bool on = m_publishing.settle(!status.paused);
    m_master->setChecked(on);
    m_state->setText(simulatorState(status, on));
    m_summary->setText(simulatorSummary(status, m_model.countOn()));
    if (m_seed->text().isEmpty() || (status.seed != m_status.seed && !m_seed->hasFocus()))
        m_seed->setText(QString::number(status.seed));
    m_playback->present(status);
    m_status = status;
}

bool SimulatorPage::command(const QString &what, const SimulatorCommand &command)
{
    const auto done = m_gateway.simulate(command);
    answer(what, done ? QString() : done.error().text);
    return done.ok();
}

void SimulatorPage::publish(bool on)
{
    if (!command(QStringLiteral("Simulator"), SetPublishing{on})) {
        m_master->setChecked(!on);
        return;
    }
    m_publishing.expect(on);
    m_state->setText(simulatorState(m_status, on));
}

void SimulatorPage::restart(const QString &seed)
{
    bool isNumber = false;
    const auto number = seed.trimmed().toULongLong(&isNumber);
    if (isNumber)
        command(QStringLiteral("Simulation"), RestartSimulation{number});
    else
        answer(QStringLiteral("Seed"), QStringLiteral("A seed is a whole number of 0 or more."));
}

void SimulatorPage::startForChosen(const Scenario &scenario)
{
    for (const auto &token : m_tokens->chosen()) {
        if (!command(QString::fromUtf8(token), StartScenario{token, scenario}))
            return; // the others would cover what is said of this one
    }
}

void SimulatorPage::endForChosen()
{
    for (const auto &token : m_tokens->chosen()) {
        if (!command(QString::fromUtf8(token), EndScenario{token}))
            return;
    }
}

void SimulatorPage::showChosen()
{
    QStringList names;
    for (const auto &token : m_tokens->chosen())
        names.append(QString::fromUtf8(token));
    m_scenarios->setChosen(names);
}

void SimulatorPage::answer(const QString &what, const QString &problem)
{
    m_refused = what;
    m_refusal = problem;
    showProblem();
}

void SimulatorPage::showProblem()
{
    if (!m_refusal.isEmpty())
        m_problem->say(m_refused, m_refusal, Tone::Bad);
    else
        m_problem->say(QStringLiteral("Simulator"), m_late, Tone::Bad);
}

} // namespace odin
