#include "core/hub/recentring.h"

#include <algorithm>

namespace odin {

void RecentRing::add(FramePtr frame)
{
    if (m_frames.empty() && m_completeAfter == 0)
        m_completeAfter = frame->seq - 1; // nothing is known of what came before the first frame
    m_bytes += std::size_t(frame->bytes.size());
    const auto oldestAllowed = frame->received - m_ageMax;
    m_frames.push_back(std::move(frame));
    while (!m_frames.empty() && (m_bytes > m_bytesMax || m_frames.front()->received < oldestAllowed))
        dropOldest();
}

void RecentRing::clear()
{
    m_frames.clear();
    m_bytes = 0;
    m_completeAfter = 0;
}

std::vector<FramePtr> RecentRing::after(Seq after) const
{
    const auto first = std::upper_bound(m_frames.begin(), m_frames.end(), after,
                                        [](Seq seq, const FramePtr &frame) { return seq < frame->seq; });
    return {first, m_frames.end()};
}

void RecentRing::dropOldest()
{
    m_bytes -= std::size_t(m_frames.front()->bytes.size());
    m_completeAfter = m_frames.front()->seq; // the rest of a batch that shares this sequence is incomplete too
    m_frames.pop_front();
}

} // namespace odin
