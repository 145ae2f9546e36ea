// FakePast: the stream behind the shards, as far as a test says that it goes.
// Thread: asked from the shards', told from the test's; one lock. Owner: the test; must outlive the shards.
#pragma once

#include "core/flow/pastsource.h"

#include <functional>
#include <mutex>
#include <vector>

namespace odin {

class FakePast final : public PastSource
{
public:
    void readRange(const QByteArray &epoch, Seq after, Seq upTo, RangeAnswer answer) override
    {
        const std::lock_guard lock(m_mutex);
        ++m_ranges;
        m_asked = after;
        const auto respond = [this, epoch, after, upTo, answer] { answer(range(epoch, after, upTo)); };
        m_holds ? m_held.push_back(respond) : respond();
    }

    void readHistory(const QByteArray &, const QByteArray &token, HistoryAnswer answer) override
    {
        const std::lock_guard lock(m_mutex);
        ++m_histories;
        const auto respond = [this, token, answer] { answer(history(token)); };
        m_holds ? m_held.push_back(respond) : respond();
    }

    /// What the stream has, without what was trimmed from it.
    void add(const FramePtr &frame)
    {
        const std::lock_guard lock(m_mutex);
        m_frames.push_back(frame);
    }
    void trim(Seq firstSeq)
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_frames, [firstSeq](const FramePtr &frame) { return frame->seq < firstSeq; });
        m_firstSeq = firstSeq;
    }
    void fail()
    {
        const std::lock_guard lock(m_mutex);
        m_fails = true;
    }

    /// Answers wait for release().
    void hold()
    {
        const std::lock_guard lock(m_mutex);
        m_holds = true;
    }
    void release()
    {
        const std::lock_guard lock(m_mutex);
        m_holds = false;
        for (const auto &respond : std::exchange(m_held, {}))
            respond();
    }

    int ranges() const { return read(m_ranges); }
    int histories() const { return read(m_histories); }
    Seq asked() const { return read(m_asked); }

private:
    template<class T>
    T read(const T &value) const
    {
        const std::lock_guard lock(m_mutex);
        return value;
    }

    PastRangePtr range(const QByteArray &epoch, Seq after, Seq upTo) const
    {
        if (m_fails)
            return {};
        if (!m_frames.empty()) // reads beyond what is asked
            upTo = std::max(upTo, m_frames.back()->seq);
        auto range = std::make_shared<PastRange>(
            PastRange{epoch, after, upTo, FrameLog(std::size_t(1) << 30, std::chrono::hours(24))});
        range->frames.startAfter(std::max(after, m_firstSeq - 1));
        for (const auto &frame : m_frames) {
            if (frame->seq > after && frame->seq <= upTo)
                range->frames.add(frame);
        }
        return range;
    }

    TokenHistoryPtr history(const QByteArray &token) const
    {
        if (m_fails)
            return {};
        auto history = std::make_shared<TokenHistory>();
        for (const auto &frame : m_frames) {
            history->upTo = frame->seq;
            if (frame->token == token && frame->channel == Channel::Price)
                history->frames.push_back(frame);
        }
        return history;
    }

    mutable std::mutex m_mutex; // guards everything below
    std::vector<FramePtr> m_frames;
    std::vector<std::function<void()>> m_held;
    Seq m_firstSeq = 1;
    Seq m_asked = -1;
    int m_ranges = 0;
    int m_histories = 0;
    bool m_fails = false;
    bool m_holds = false;
};

} // namespace odin
