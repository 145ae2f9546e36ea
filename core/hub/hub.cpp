#include "core/hub/hub.h"

#include "core/model/limits.h"
#include "core/wire/framebuilder.h"

#include <algorithm>

namespace odin {

Hub::Hub(std::vector<FrameSink *> sinks) : m_sinks(std::move(sinks)), m_ring(limits::ringBytesMax, limits::ringMsMax) {}

void Hub::receive(StreamMessage message)
{
    m_encoded.clear();
    for (const auto &update : message.updates) {
        if (auto frame = encode(update, message))
            m_encoded.push_back(std::move(frame));
    }
    if (m_encoded.empty())
        return;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &frame : m_encoded)
            keep(frame);
    }
    for (auto *sink : m_sinks)
        sink->post(m_encoded);
    bump(m_counters.framesEncoded, m_encoded.size());
    m_counters.lastSeq.store(message.seq, std::memory_order_relaxed);
    if (!message.replayed)
        m_counters.busLagMs.store(std::max<qint64>(0, wallMs() - message.storedMs), std::memory_order_relaxed);
}

FramePtr Hub::encode(const Update &update, const StreamMessage &message)
{
    if (update.channel != Channel::Price)
        return updateFrame(update, message, 0);
    auto last = m_lastSeq.find(update.token);
    if (last == m_lastSeq.end()) {
        if (m_lastSeq.size() >= limits::tokensMax) {
            bump(m_counters.tokensRefused);
            return {};
        }
        last = m_lastSeq.insert(update.token, 0);
    }
    return updateFrame(update, message, std::exchange(*last, message.seq));
}

void Hub::keep(const FramePtr &frame)
{
    if (frame->channel == Channel::Price)
        m_latest[frame->token] = frame;
    m_ring.add(frame);
    m_counters.ringFrames.store(m_ring.frames(), std::memory_order_relaxed);
    m_counters.ringBytes.store(m_ring.bytes(), std::memory_order_relaxed);
}

void Hub::resetStream()
{
    m_lastSeq.clear();
    {
        const std::lock_guard lock(m_mutex);
        m_latest.clear();
        m_ring.clear();
    }
    for (auto *sink : m_sinks)
        sink->reset();
}

std::vector<FramePtr> Hub::latestPrices() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<FramePtr> latest;
    latest.reserve(m_latest.size());
    for (const auto &[token, frame] : m_latest)
        latest.push_back(frame);
    return latest;
}

std::optional<std::vector<FramePtr>> Hub::recentAfter(Seq after) const
{
    const std::lock_guard lock(m_mutex);
    if (after < m_ring.completeAfter())
        return {};
    return m_ring.after(after);
}

} // namespace odin
