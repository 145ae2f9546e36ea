// EventList: what happened lately, newest first, bounded; what happens again soon is told once, with its number.
// Thread: one (main). Owner: who tells it.
#pragma once

#include <QString>

#include <deque>

namespace odin {

enum class EventTone { Info, Good, Warning, Bad };

struct Event
{
    qint64 timeMs = 0;
    EventTone tone = EventTone::Info;
    QString text;

    bool operator==(const Event &) const = default;
};

class EventList
{
public:
    void tell(const Event &event);
    /// `count` of something that may go on: added to what was told under this key within the last ten seconds. The text
    /// has a %1 for the number.
    void count(const QString &key, quint64 count, Event event);

    const std::deque<Event> &newestFirst() const { return m_events; }
    /// Another number after each change.
    quint64 revision() const { return m_revision; }

private:
    struct Counted
    {
        QString key;
        quint64 count = 0;
        QString text; ///< as it stands in the list
        qint64 timeMs = 0;
    };

    std::deque<Event> m_events;
    std::deque<Counted> m_counted; // at most one for each key
    quint64 m_revision = 0;
};

} // namespace odin
