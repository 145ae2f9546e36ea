// EventsModel: the recent events of the gateway and the warnings of its log, newest first.
// Thread: main. Owner: the card that shows them.
#pragma once

#include "core/model/logentry.h"
#include "ui/models/eventlist.h"

#include <QAbstractTableModel>

#include <vector>

namespace odin {

class EventsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, What, columnsEnd };
    enum Role { ToneRole = Qt::UserRole }; ///< of every column, as int(EventTone)

    using QAbstractTableModel::QAbstractTableModel;

    /// Warnings and errors become events, except those of Qt, and of the way to the bus, which GatewayEvents tells.
    void appendLog(const std::vector<LogEntry> &entries);
    quint64 newestLogged() const { return m_newestLogged; }
    void setEvents(const EventList &events);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    EventList m_logged;
    quint64 m_newestLogged = 0;

    std::vector<Event> m_shown; // newest first
    std::pair<quint64, quint64> m_revisions{0, 0}; // of both lists, as shown
};

} // namespace odin
