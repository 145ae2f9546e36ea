#include "ui/models/eventsmodel.h"

#include "core/model/limits.h"

#include <QDateTime>

#include <algorithm>
#include <functional>
#include <iterator>

namespace odin {

void EventsModel::appendLog(const std::vector<LogEntry> &entries)
{
    for (const auto &entry : entries) {
        m_newestLogged = std::max(m_newestLogged, entry.number);
        const bool isBad = entry.level == QtCriticalMsg || entry.level == QtFatalMsg;
        const bool isOurs = entry.category.startsWith("odin.") && entry.category != "odin.feed";
        if (isOurs && (isBad || entry.level == QtWarningMsg))
            m_logged.tell({entry.timestampMs, isBad ? EventTone::Bad : EventTone::Warning, entry.text});
    }
}

void EventsModel::setEvents(const EventList &events)
{
    const std::pair revisions{events.revision(), m_logged.revision()};
    if (revisions == m_revisions)
        return;
    m_revisions = revisions;
    beginResetModel();
    m_shown.clear();
    std::ranges::merge(events.newestFirst(), m_logged.newestFirst(), std::back_inserter(m_shown), std::greater(),
                       &Event::timeMs, &Event::timeMs);
    if (m_shown.size() > limits::eventsMax)
        m_shown.resize(limits::eventsMax);
    endResetModel();
}

int EventsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int EventsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant EventsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &event = m_shown[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == What
            ? event.text
            : QDateTime::fromMSecsSinceEpoch(event.timeMs).toString(QStringLiteral("HH:mm:ss"));
    case Qt::ToolTipRole: return index.column() == What ? event.text.toHtmlEscaped() : QVariant();
    case ToneRole: return int(event.tone);
    default: return {};
    }
}

QVariant EventsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnsEnd)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    return section == Time ? QStringLiteral("Time") : QStringLiteral("Event");
}

} // namespace odin
