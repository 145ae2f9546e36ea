// FrameTrail: the newest frames that went out to one client, written down while an operator looks at it.
// Pure. Thread: confined to its session's. Owner: the session.
#pragma once

#include "core/model/client.h"
#include "core/model/frame.h"
#include "core/model/limits.h"

#include <deque>
#include <span>

namespace odin {

class FrameTrail
{
public:
    void add(std::span<const FramePtr> frames, qint64 sentMs)
    {
        const auto skipped = frames.size() - std::min(frames.size(), limits::clientFramesMax);
        for (const auto &frame : frames.subspan(skipped))
            m_sent.push_back({frame, sentMs});
        while (m_sent.size() > limits::clientFramesMax)
            m_sent.pop_front();
    }

    /// Newest first.
    std::vector<SentFrame> frames() const
    {
        std::vector<SentFrame> list;
        for (auto sent = m_sent.rbegin(); sent != m_sent.rend(); ++sent) {
            const auto &frame = *sent->frame;
            list.push_back({sent->sentMs, frame.token, frame.channel, frame.seq, frame.bytes.size(),
                            frame.payload().toByteArray()});
        }
        return list;
    }

    SteadyTime until; ///< nobody looks any more after this

private:
    struct Sent
    {
        FramePtr frame;
        qint64 sentMs;
    };
    std::deque<Sent> m_sent;
};

} // namespace odin
