#include "ui/pages/savingspage.h"

#include "ui/charts/barchart.h"
#include "ui/models/format.h"
#include "ui/models/gatewayhistory.h"
#include "ui/models/savefile.h"
#include "ui/models/savingsbars.h"
#include "ui/pages/savingsinputs.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/scrolling.h"
#include "ui/widgets/tone.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

#include <array>

namespace odin {

namespace {

constexpr int quantityPixels = 210;
constexpr int numberPixels = 120;
constexpr int rowPixels = 24;
constexpr int tableHeight = 9 * rowPixels + 26; // its nine lines and the header

Bar barOf(const SavingsBar &bar)
{
    static constexpr std::array tones{Tone::Down, Tone::Muted, Tone::Up}; // of Way
    return {.name = bar.name,
            .offset = 0,
            .solid = bar.share,
            .light = 0,
            .value = bar.value,
            .tone = tones[static_cast<std::size_t>(bar.way)]};
}

} // namespace

SavingsPage::SavingsPage(QWidget *parent)
    : Page(QStringLiteral("Savings"), parent),
      m_problem(new Banner(this)),
      m_inputs(new SavingsInputs(this)),
      m_chart(new BarChart(QStringLiteral("Chart of the savings"),
                           {{QStringLiteral("polling, assumed"), Tone::Down},
                            {QStringLiteral("plan, assumed"), Tone::Muted},
                            {QStringLiteral("push, extrapolated"), Tone::Up}},
                           nullptr, this)),
      m_verdict(nullptr),
      m_table(new DataTable(QStringLiteral("Savings"), QStringLiteral("savings/columns"), this)),
      m_measuredText(makeLabel("body", Tone::Normal, this))
{
    auto *column = scrollingColumn(this);
    column->addLayout(makeHeading());
    column->addWidget(m_problem);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_inputs);
    auto *results = new QVBoxLayout;
    results->setSpacing(12);
    results->addWidget(makeChartCard(), 1);
    results->addWidget(makeTableCard(), 1);
    row->addLayout(results, 1);
    column->addLayout(row, 1);
    connect(m_inputs, &SavingsInputs::changed, this, &SavingsPage::compare);
    connect(&m_chart->tools(), &ChartTools::exported, this, &SavingsPage::sayProblem);
    connect(m_table, &DataTable::failed, this, &SavingsPage::sayProblem);
    compare();
}

QLayout *SavingsPage::makeHeading()
{
    auto *row = new QHBoxLayout;
    auto *heading = makeLabel("value", Tone::Normal, this);
    heading->setText(windowTitle());
    auto *all = new QPushButton(QStringLiteral("Export as CSV…"), this);
    all->setAccessibleName(QStringLiteral("Export assumptions, measurement and comparison as CSV"));
    connect(all, &QPushButton::clicked, this, &SavingsPage::askAndExport);
    row->addWidget(heading);
    row->addStretch();
    row->addWidget(all);
    return row;
}

Card *SavingsPage::makeChartCard()
{
    auto *card = new Card(QStringLiteral("As many users as are assumed"), this);
    m_verdict = card->addNumber(Tone::Up, QStringLiteral("000.0% less money than polling"));
    card->addControl(m_chart->tools().makeButton());
    card->addContent(m_chart);
    return card;
}

Card *SavingsPage::makeTableCard()
{
    auto *card = new Card(QStringLiteral("Polling and push"), this);
    auto *menu = new QPushButton(QStringLiteral("Table"), card);
    menu->setProperty("role", QStringLiteral("small"));
    menu->setAccessibleName(QStringLiteral("Menu of the table of the savings"));
    menu->setMenu(m_table->menu());
    card->addControl(menu);
    m_table->setSortingEnabled(false);
    m_table->verticalHeader()->setMinimumSectionSize(rowPixels);
    m_table->verticalHeader()->setDefaultSectionSize(rowPixels);
    m_table->setMinimumHeight(tableHeight);
    m_table->horizontalHeader()->setDefaultSectionSize(numberPixels);
    m_table->showModel(m_model);
    if (m_table->columnWidth(SavingsModel::Quantity) == numberPixels) // nothing was remembered
        m_table->setColumnWidth(SavingsModel::Quantity, quantityPixels);
    card->addContent(m_table);
    m_measuredText->setWordWrap(true);
    card->addContent(m_measuredText, 0);
    auto *limits = makeLabel("body", Tone::Muted, card);
    limits->setWordWrap(true);
    limits->setText(
        QStringLiteral("Measured are clients, updates, bytes, processor and memory of this program, its window and "
                       "simulator included; NATS, balancers and people are in neither side. Extrapolated is in "
                       "proportion to the clients, which counts the fixed part too often: rather too much than "
                       "too little. A month has 30 days."));
    card->addContent(limits, 0);
    return card;
}

void SavingsPage::present(const SnapshotPtr &snapshot, const GatewayHistory &history)
{
    m_measured = measurePush(history, snapshot->takenMs);
    compare();
}

void SavingsPage::compare()
{
    const auto report = compareCosts(m_inputs->assumed(), m_measured);
    m_model.setReport(report);
    QList<Bar> bars;
    for (const auto &bar : savingsBars(report))
        bars.append(barOf(bar));
    m_chart->setBars(bars);
    m_verdict->setText(savedText(report));
    setTone(m_verdict, report.savedPercent().value_or(0) < 0 ? Tone::Down : Tone::Up);
    m_measuredText->setText(measuredText(m_measured));
}

void SavingsPage::sayProblem(const QString &problem) { m_problem->say(QStringLiteral("Export"), problem, Tone::Bad); }

bool SavingsPage::exportTo(const QString &path)
{
    const auto saved = saveFile(path, savingsCsv(m_inputs->assumed(), m_measured, m_model).toUtf8());
    sayProblem(saved ? QString() : saved.error().text);
    return saved.ok();
}

void SavingsPage::askAndExport()
{
    auto *dialog = new QFileDialog(this, QStringLiteral("Export as CSV"), QStringLiteral("savings.csv"),
                                   QStringLiteral("CSV (*.csv)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &SavingsPage::exportTo);
    dialog->open();
}

} // namespace odin
