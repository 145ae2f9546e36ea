#include "ui/pages/loadtestpage.h"

#include "ui/pages/loadtestcharts.h"
#include "ui/pages/loadtestdelegate.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/choicebar.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/tone.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>

namespace odin {

namespace {

constexpr int columnPixels = 78;
constexpr int barSteps = 1000;

Tone toneOf(LoadTestOutcome::Kind kind)
{
    switch (kind) {
    case LoadTestOutcome::Kind::Good: return Tone::Up;
    case LoadTestOutcome::Kind::Doubtful: return Tone::Warning;
    case LoadTestOutcome::Kind::Bad: break;
    }
    return Tone::Bad;
}

QString simulatedWord(const LoadTestPlan &plan, const GatewaySnapshot &own)
{
    if (plan.url != own.addresses.ws)
        return QStringLiteral("not known");
    return own.simulated ? QStringLiteral("yes") : QStringLiteral("no");
}

} // namespace

LoadTestPage::LoadTestPage(const QString &program, QString certificates, QWidget *parent)
    : Page(QStringLiteral("Load test"), parent),
      m_certificates(std::move(certificates)),
      m_test(program),
      m_kind(new ChoiceBar(QStringLiteral("Kind of test"), {QStringLiteral("Ramp"), QStringLiteral("Find capacity")},
                           this)),
      m_start(new QPushButton(QStringLiteral("Start"), this)),
      m_stop(new QPushButton(QStringLiteral("Stop"), this)),
      m_banner(new Banner(this)),
      m_form(new LoadTestForm(this)),
      m_progress(new QProgressBar(this)),
      m_sentence(makeLabel("body", Tone::Muted, this)),
      m_charts(new LoadTestCharts(this)),
      m_table(new DataTable(QStringLiteral("Load test steps"), QStringLiteral("loadtest/columns"), this)),
      m_empty(makeLabel("body", Tone::Muted, this)),
      m_export(new QPushButton(QStringLiteral("Export"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(12);
    column->addLayout(makeHeading());
    column->addWidget(m_banner);
    column->addWidget(m_form);
    column->addWidget(makeProgress());
    column->addWidget(m_charts, 3);
    column->addWidget(makeSteps(), 4);
    connect(&m_test, &LoadTest::changed, this, &LoadTestPage::refresh);
    connect(&m_test, &LoadTest::ended, this, &LoadTestPage::report);
    connect(m_form, &LoadTestForm::changed, this, &LoadTestPage::refresh);
    connect(m_form, &LoadTestForm::confirmed, this, &LoadTestPage::start);
    refresh();
}

QLayout *LoadTestPage::makeHeading()
{
    auto *row = new QHBoxLayout;
    auto *heading = makeLabel("value", Tone::Normal, this);
    heading->setText(windowTitle());
    row->addWidget(heading);
    row->addStretch();
    row->addWidget(m_kind);
    row->addWidget(m_start);
    row->addWidget(m_stop);
    m_start->setAccessibleName(QStringLiteral("Start the load test"));
    m_stop->setAccessibleName(QStringLiteral("Stop the load test"));
    connect(m_start, &QPushButton::clicked, this, &LoadTestPage::start);
    connect(m_stop, &QPushButton::clicked, &m_test, &LoadTest::stop);
    connect(m_kind, &ChoiceBar::choiceChanged, this, [this] { m_form->setKind(kind()); });
    return row;
}

QWidget *LoadTestPage::makeProgress()
{
    auto *frame = new QWidget(this);
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins(2, 0, 2, 0);
    row->setSpacing(12);
    m_progress->setRange(0, barSteps);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(QStringLiteral("Progress of the load test"));
    m_progress->setFixedWidth(240);
    row->addWidget(m_progress);
    row->addWidget(m_sentence, 1);
    return frame;
}

QWidget *LoadTestPage::makeSteps()
{
    auto *card = new Card(QStringLiteral("Steps"), this);
    auto *menu = new QPushButton(QStringLiteral("Table"), card);
    for (auto *button : {m_export, menu}) {
        button->setProperty("role", QStringLiteral("small"));
        card->addControl(button);
    }
    menu->setAccessibleName(QStringLiteral("Table of the load test's steps"));
    menu->setMenu(m_table->menu());
    m_export->setAccessibleName(QStringLiteral("Export what the load test measured"));
    m_export->setMenu(makeExports());
    m_table->setSortingEnabled(false); // in the order in which they were made
    m_table->setItemDelegate(new LoadTestDelegate(m_table));
    m_table->horizontalHeader()->setDefaultSectionSize(columnPixels);
    m_table->showModel(m_test.steps());
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    card->addContent(m_table);
    card->addContent(m_empty);
    connect(m_table, &DataTable::failed, this,
            [this](const QString &problem) { m_banner->say(QStringLiteral("Export"), problem, Tone::Bad); });
    return card;
}

LoadTestKind LoadTestPage::kind() const { return m_kind->chosen() == 0 ? LoadTestKind::Ramp : LoadTestKind::Capacity; }

void LoadTestPage::start()
{
    if (m_test.isUnderWay())
        return;
    const auto plan = m_form->plan();
    if (!plan)
        return m_banner->say(QStringLiteral("Plan"), plan.error().text, Tone::Warning);
    if (const auto search = m_form->search(); kind() == LoadTestKind::Capacity && !search)
        return m_banner->say(QStringLiteral("Plan"), search.error().text, Tone::Warning);
    const auto doubts = doubtsAbout(plan.value(), m_snapshot ? *m_snapshot : GatewaySnapshot());
    doubts.isEmpty() ? begin(plan.value()) : askAbout(plan.value(), doubts);
}

void LoadTestPage::askAbout(const LoadTestPlan &plan, const QStringList &doubts)
{
    auto *question = new QMessageBox(QMessageBox::NoIcon, QStringLiteral("Start this load test?"),
                                     doubts.join(QStringLiteral("\n\n")), QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    auto *start = question->addButton(QStringLiteral("Start"), QMessageBox::AcceptRole);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(start, &QPushButton::clicked, this, [this, plan] { begin(plan); });
    question->open();
}

void LoadTestPage::begin(const LoadTestPlan &plan)
{
    if (m_test.isUnderWay())
        return;
    m_banner->say({}, {}, Tone::Normal);
    m_form->remember();
    if (kind() == LoadTestKind::Ramp)
        m_test.startRamp(plan);
    else if (const auto search = m_form->search())
        m_test.startSearch(plan, search.value(), simulatedWord(plan, m_snapshot ? *m_snapshot : GatewaySnapshot()));
}

void LoadTestPage::report(const LoadTestOutcome &outcome)
{
    auto said = outcome;
    if (m_test.certificate())
        certify(said);
    m_banner->say(said.word, said.sentence, toneOf(said.kind));
}

/// A search takes minutes: what it found is kept, whatever happens to the window.
void LoadTestPage::certify(LoadTestOutcome &outcome)
{
    const auto saved = saveCertificate(*m_test.certificate(), m_certificates);
    outcome.sentence += saved ? QStringLiteral(" Certificate: %1.html").arg(saved.value()) : u' ' + saved.error().text;
}

void LoadTestPage::present(const SnapshotPtr &snapshot, const GatewayHistory &)
{
    m_snapshot = snapshot;
    m_form->offer(snapshot->addresses);
    refresh();
}

void LoadTestPage::refresh()
{
    if (isVisible() && !window()->isMinimized())
        draw();
}

/// The focus goes from one to the other, before it is sent anywhere by a button that is disabled.
void LoadTestPage::enableButtons()
{
    const bool isUnderWay = m_test.isUnderWay();
    auto *next = isUnderWay ? m_stop : m_start;
    if (const auto *last = isUnderWay ? m_start : m_stop; focusWidget() == last) {
        next->setEnabled(true);
        next->setFocus();
    }
    m_start->setEnabled(!isUnderWay);
    m_stop->setEnabled(isUnderWay && !m_test.isStopping());
}

QString LoadTestPage::offer() const
{
    const auto plan = m_form->plan();
    const auto search = m_form->search();
    if (!plan)
        return plan.error().text;
    if (kind() == LoadTestKind::Ramp)
        return sentenceOf(plan.value());
    return search ? sentenceOf(plan.value(), search->first) : search.error().text;
}

void LoadTestPage::draw()
{
    const bool isUnderWay = m_test.isUnderWay();
    m_form->setEnabled(!isUnderWay);
    m_kind->setEnabled(!isUnderWay);
    enableButtons();
    m_progress->setValue(static_cast<int>(m_test.share() * barSteps));
    m_sentence->setText(isUnderWay ? m_test.sentence() : offer());
    m_charts->draw(m_test.series(), m_test.reading());
    const bool isEmpty = m_test.steps().rowCount() == 0;
    m_table->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    m_empty->setText(
        kind() == LoadTestKind::Ramp
            ? QStringLiteral("No step yet. A ramp holds more and more clients, each of which checks what it "
                             "gets, and judges every step by the limits.")
            : QStringLiteral("No probe yet. The search raises the number of clients until a limit is missed, "
                             "closes in on it, and says which resource bent first."));
    for (const auto &[what, action] : m_exports)
        action->setEnabled(has(what));
}

} // namespace odin
