#include "ui/pages/logpage.h"

#include "core/flow/operatorport.h"
#include "ui/pages/logdelegate.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choicebar.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/tone.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

namespace odin {

namespace {

constexpr int timePixels = 130; // "13:20:30.412" in the table's font

} // namespace

LogPage::LogPage(OperatorPort &gateway, QWidget *parent)
    : Page(QStringLiteral("Log"), parent),
      m_gateway(gateway),
      m_filtered(m_model),
      m_severity(new ChoiceBar(QStringLiteral("Show lines from"),
                               {QStringLiteral("All"), QStringLiteral("Info"), QStringLiteral("Warnings"),
                                QStringLiteral("Errors")},
                               this)),
      m_search(new QLineEdit(this)),
      m_follow(new QCheckBox(QStringLiteral("Follow"), this)),
      m_problem(new Banner(this)),
      m_table(new DataTable(QStringLiteral("Log"), QStringLiteral("log/columns"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(12);
    column->addLayout(makeHeading());
    column->addWidget(m_problem);
    column->addWidget(makeCard(), 1);
    connect(m_severity, &ChoiceBar::choiceChanged, &m_filtered, &LogFilter::setSeverity);
    connect(m_search, &QLineEdit::textChanged, &m_filtered, &LogFilter::setWanted);
    connect(m_follow, &QCheckBox::toggled, this, &LogPage::follow);
    connect(m_table, &DataTable::failed, this,
            [this](const QString &problem) { m_problem->say(QStringLiteral("Export"), problem, Tone::Bad); });
}

QLayout *LogPage::makeHeading()
{
    auto *row = new QHBoxLayout;
    auto *heading = makeLabel("value", Tone::Normal, this);
    heading->setText(windowTitle());
    row->addWidget(heading);
    row->addStretch();
    m_follow->setChecked(true);
    m_follow->setAccessibleName(QStringLiteral("Keep the newest line in sight"));
    row->addWidget(m_follow);
    row->addWidget(m_severity);
    m_search->setPlaceholderText(QStringLiteral("Search"));
    m_search->setAccessibleName(QStringLiteral("Show lines with this text"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(200);
    row->addWidget(m_search);
    return row;
}

QWidget *LogPage::makeCard()
{
    auto *card = new Card(QStringLiteral("Newest lines"), this);
    auto *menu = new QPushButton(QStringLiteral("Table"), card);
    menu->setProperty("role", QStringLiteral("small"));
    menu->setMenu(m_table->menu());
    card->addControl(menu);
    m_table->setSortingEnabled(false); // by time, always
    m_table->setWordWrap(false);
    m_table->setItemDelegate(new LogDelegate(m_table));
    m_table->horizontalHeader()->setDefaultSectionSize(timePixels);
    m_table->showModel(m_filtered);
    card->addContent(m_table);
    return card;
}

void LogPage::present(const SnapshotPtr &, const GatewayHistory &)
{
    auto entries = m_gateway.log(m_model.newest());
    if (entries.empty())
        return;
    m_model.append(std::move(entries));
    follow();
}

void LogPage::follow()
{
    if (m_follow->isChecked())
        m_table->scrollToBottom();
}

} // namespace odin
