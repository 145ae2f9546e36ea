// RecentRing: the newest frames in stream order, bounded by bytes and age. Pure.
// Thread: guarded by its owner's lock. Owner: the hub.
#pragma once

#include "core/model/frame.h"

#include <chrono>
#include <deque>
#include <vector>

namespace odin {

class RecentRing
{
public:
    RecentRing(std::size_t bytesMax, std::chrono::milliseconds ageMax) : m_bytesMax(bytesMax), m_ageMax(ageMax) {}

    void add(FramePtr frame);
    void clear();

    /// Frames with seq > after, oldest first. Complete only if `after` >= completeAfter().
    std::vector<FramePtr> after(Seq after) const;
    /// The ring holds every frame with a sequence above this one.
    Seq completeAfter() const { return m_completeAfter; }

    std::size_t frames() const { return m_frames.size(); }
    std::size_t bytes() const { return m_bytes; }

private:
    void dropOldest();

    const std::size_t m_bytesMax;
    const std::chrono::milliseconds m_ageMax;
    std::deque<FramePtr> m_frames;
    std::size_t m_bytes = 0;
    Seq m_completeAfter = 0;
};

} // namespace odin
