// Thinner: what one client could not be sent yet: the newest frame per token and channel, and how many it replaced.
// Pure. Thread: confined to its session's. Owner: the session.
#pragma once

#include "core/model/frame.h"
#include "core/wire/command.h"

#include <QHash>

#include <map>
#include <utility>
#include <vector>

namespace odin {

class Thinner
{
public:
    /// Frames that go out together.
    struct Batch
    {
        QByteArray bytes;
        std::vector<FramePtr> frames;
    };

    /// Takes the place of what waits of the same token and channel; true when there was something.
    bool hold(const FramePtr &frame);
    /// Of these tokens nothing is wanted any more.
    void drop(const TokenSelection &selection);
    /// Takes what waits, oldest first, until `bytesMax` are reached: at least one frame, if there is one.
    Batch take(qsizetype bytesMax);

    bool isEmpty() const { return m_held.empty(); }
    std::size_t frames() const { return m_held.size(); }

private:
    using Key = std::pair<QByteArray, int>;
    using Place = quint64; // in order of arrival, which is the order of the stream

    struct Held
    {
        Key key;
        FramePtr frame;
        quint64 replaced = 0;
    };

    static Key keyOf(const Frame &frame);

    std::map<Place, Held> m_held;
    QHash<Key, Place> m_places;
    Place m_next = 0;
};

} // namespace odin
