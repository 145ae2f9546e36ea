// FrameLog: frames in stream order, bounded by bytes and age, with the frames of each token chained so that a client's
// share is found without looking at everybody's. Pure.
// Thread: confined to its owner's; any once it is shared as const. Owner: a shard (its recent ring), or a PastRange.
#pragma once

#include "core/model/frame.h"

#include <QHash>

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace odin {

class FrameLog
{
public:
    FrameLog(std::size_t bytesMax, std::chrono::milliseconds ageMax) : m_bytesMax(bytesMax), m_ageMax(ageMax) {}

    /// Of a log that was begun by startAfter(), or by its first frame: then nothing is known of what came before that.
    void add(FramePtr frame)
    {
        if (!m_completeAfter)
            m_completeAfter = frame->seq - 1;
        m_bytes += std::size_t(frame->bytes.size());
        const auto oldestAllowed = frame->received - m_ageMax;
        auto &newest = m_newest[keyOf(frame->channel, frame->token)];
        const auto before = std::exchange(newest, m_dropped + m_frames.size() + 1);
        m_frames.push_back({std::move(frame), before});
        while (!m_frames.empty() && (m_bytes > m_bytesMax || m_frames.front().frame->received < oldestAllowed))
            dropOldest();
    }

    /// Everything above this sequence that will be added is everything there was.
    void startAfter(Seq seq) { m_completeAfter = seq; }

    void clear()
    {
        m_frames.clear();
        m_newest.clear();
        m_bytes = 0;
        m_completeAfter.reset();
    }

    /// Every frame with a greater sequence is here.
    bool isCompleteAfter(Seq seq) const { return m_completeAfter && seq >= *m_completeAfter; }
    /// The least sequence for which that holds; nothing when nothing was ever added.
    std::optional<Seq> completeAfter() const { return m_completeAfter; }
    Seq lastSeq() const { return m_frames.empty() ? m_completeAfter.value_or(0) : m_frames.back().frame->seq; }

    /// Calls visit(frame) for all frames with seq > after in stream order, until it returns false.
    template<class Visit>
    void visitAfter(Seq after, Visit visit) const
    {
        for (auto entry = firstAfter(after); entry != m_frames.end(); ++entry) {
            if (!visit(entry->frame))
                return;
        }
    }

    /// The frames of one token on one channel with seq > after, newest first.
    template<class Visit>
    void visitTokenAfter(Channel channel, const QByteArray &token, Seq after, Visit visit) const
    {
        for (auto place = m_newest.value(keyOf(channel, token)); place > m_dropped;) {
            const auto &entry = m_frames[place - m_dropped - 1];
            if (entry.frame->seq <= after)
                return;
            visit(entry.frame);
            place = entry.before;
        }
    }

    std::size_t frames() const { return m_frames.size(); }
    std::size_t bytes() const { return m_bytes; }

private:
    using Place = std::size_t; // 1 for the first frame ever added; 0 = none

    struct Entry
    {
        FramePtr frame;
        Place before; // of the same token and channel
    };

    using Key = std::pair<QByteArray, int>;
    static Key keyOf(Channel channel, const QByteArray &token) { return {token, int(channel)}; }

    std::deque<Entry>::const_iterator firstAfter(Seq after) const
    {
        return std::upper_bound(m_frames.begin(), m_frames.end(), after,
                                [](Seq seq, const Entry &entry) { return seq < entry.frame->seq; });
    }

    void dropOldest()
    {
        const auto &oldest = *m_frames.front().frame;
        m_bytes -= std::size_t(oldest.bytes.size());
        m_completeAfter = oldest.seq; // the rest of a batch that shares this sequence is incomplete too
        ++m_dropped;
        if (const auto newest = m_newest.find(keyOf(oldest.channel, oldest.token));
            newest != m_newest.end() && *newest <= m_dropped)
            m_newest.erase(newest);
        m_frames.pop_front();
    }

    const std::size_t m_bytesMax;
    const std::chrono::milliseconds m_ageMax;
    std::deque<Entry> m_frames;
    QHash<Key, Place> m_newest;
    std::size_t m_dropped = 0;
    std::size_t m_bytes = 0;
    std::optional<Seq> m_completeAfter;
};

} // namespace odin
