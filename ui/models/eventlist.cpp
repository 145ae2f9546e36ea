#include "ui/models/eventlist.h"

#include "core/model/limits.h"
#include "ui/models/format.h"

#include <algorithm>

namespace odin {

namespace {

constexpr qint64 goesOnMs = 10'000;

} // namespace

void EventList::tell(const Event &event)
{
    m_events.push_front(event);
    if (m_events.size() > limits::eventsMax)
        m_events.pop_back();
    ++m_revision;
}

void EventList::count(const QString &key, quint64 count, Event event)
{
    std::erase_if(m_counted, [&](const Counted &c) { return event.timeMs - c.timeMs > goesOnMs; });
    auto going = std::ranges::find(m_counted, key, &Counted::key);
    if (going == m_counted.end())
        going = m_counted.insert(m_counted.end(), {.key = key, .count = 0, .text = {}, .timeMs = 0});
    std::erase_if(m_events, [&](const Event &e) { return going->count > 0 && e.text == going->text; });
    going->count += count;
    going->timeMs = event.timeMs;
    going->text = event.text.arg(formatCount(going->count));
    event.text = going->text;
    tell(event);
}

} // namespace odin
