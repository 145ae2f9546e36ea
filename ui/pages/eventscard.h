// EventsCard: what happened lately, newest on top; a click leads to the log.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "core/model/logentry.h"
#include "ui/models/eventsmodel.h"
#include "ui/widgets/card.h"

namespace odin {

class DataTable;

class EventsCard final : public Card
{
    Q_OBJECT
public:
    explicit EventsCard(QWidget *parent = nullptr);

    /// The entries are those of the log after newestLogged().
    void present(const EventList &events, const std::vector<LogEntry> &logged);
    quint64 newestLogged() const { return m_model.newestLogged(); }

    DataTable *table() const { return m_table; }

Q_SIGNALS:
    void logWanted();

private:
    void prepareTable();

    EventsModel m_model;
    DataTable *m_table;
    QLabel *m_empty;
};

} // namespace odin
