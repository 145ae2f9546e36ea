// Hub: numbers each update (seq, prev), encodes it once, keeps the latest per token and the recent ring,
// and passes the frames on to every shard.
// Thread: receive() and resetStream() on the feed's delivery thread; the views from any thread (a lock for the time
// of copying pointers). Owner: core/gateway.
#pragma once

#include "core/flow/counters.h"
#include "core/flow/framesink.h"
#include "core/flow/latestview.h"
#include "core/flow/updatesink.h"
#include "core/hub/recentring.h"

#include <QHash>

#include <map>
#include <mutex>
#include <vector>

namespace odin {

class Hub final : public UpdateSink, public LatestView
{
public:
    /// The sinks must outlive the hub; none are added later.
    explicit Hub(std::vector<FrameSink *> sinks);

    void receive(StreamMessage message) override;
    void resetStream() override;

    std::vector<FramePtr> latestPrices() const override;
    /// Frames of the ring with seq > after, oldest first; nullopt when the ring does not reach back that far.
    std::optional<std::vector<FramePtr>> recentAfter(Seq after) const;

    const HubCounters &counters() const { return m_counters; }

private:
    FramePtr encode(const Update &update, const StreamMessage &message);
    void keep(const FramePtr &frame);

    const std::vector<FrameSink *> m_sinks;
    HubCounters m_counters;

    // Confined to the feed's thread
    QHash<QByteArray, Seq> m_lastSeq;   // of the price channel, per token
    std::vector<FramePtr> m_encoded;    // of the message in hand

    mutable std::mutex m_mutex;
    std::map<QByteArray, FramePtr> m_latest; // guarded by m_mutex, like the ring
    RecentRing m_ring;
};

} // namespace odin
