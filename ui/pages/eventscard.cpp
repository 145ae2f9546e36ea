#include "ui/pages/eventscard.h"

#include "ui/pages/eventsdelegate.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/tone.h"

#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

namespace odin {

namespace {

constexpr int timePixels = 92; // "13:20:30" in the table's font
constexpr int rowPixels = 22;

} // namespace

EventsCard::EventsCard(QWidget *parent)
    : Card(QStringLiteral("Recent events"), parent),
      m_table(new DataTable(QStringLiteral("Recent events"), QStringLiteral("dashboard/events"), this)),
      m_empty(makeLabel("body", Tone::Muted, this))
{
    auto *menu = new QPushButton(QStringLiteral("Table"), this);
    menu->setProperty("role", QStringLiteral("small"));
    menu->setAccessibleName(QStringLiteral("Menu of the recent events"));
    menu->setMenu(m_table->menu());
    auto *log = new QPushButton(QStringLiteral("Log"), this);
    log->setProperty("role", QStringLiteral("small"));
    log->setAccessibleName(QStringLiteral("Open the log"));
    addControl(log);
    addControl(menu);
    prepareTable();
    addContent(m_table);
    addContent(m_empty);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setText(QStringLiteral("Nothing has happened yet."));
    connect(log, &QPushButton::clicked, this, &EventsCard::logWanted);
    connect(m_table, &QAbstractItemView::clicked, this, &EventsCard::logWanted);
    connect(m_table, &QAbstractItemView::activated, this, &EventsCard::logWanted);
}

void EventsCard::prepareTable()
{
    m_table->setItemDelegate(new EventsDelegate(m_table));
    m_table->setSortingEnabled(false); // by time, always
    m_table->setWordWrap(false);
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setDefaultSectionSize(timePixels);
    m_table->verticalHeader()->setMinimumSectionSize(rowPixels);
    m_table->verticalHeader()->setDefaultSectionSize(rowPixels);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setMinimumHeight(3 * rowPixels);
    m_table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_table->showModel(m_model);
}

void EventsCard::present(const EventList &events, const std::vector<LogEntry> &logged)
{
    m_model.appendLog(logged);
    m_model.setEvents(events);
    m_table->setVisible(m_model.rowCount() > 0);
    m_empty->setVisible(m_model.rowCount() == 0);
}

} // namespace odin
