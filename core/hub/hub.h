// Hub: numbers each update (seq, prev), encodes it once, keeps the latest per token, and passes the frames on to every
// shard. Tells them too when a token falls silent for longer than is normal for it, and when it speaks again.
// Thread: receive(), catchUp(), tick() and resetStream() on the feed's delivery thread; the views from any thread (a
// lock for the time of copying pointers). Owner: core/gateway.
#pragma once

#include "core/flow/counters.h"
#include "core/flow/framesink.h"
#include "core/flow/latestview.h"
#include "core/flow/updatesink.h"
#include "core/hub/silencewatch.h"

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
    void catchUp() override { m_isLate = true; }
    void tick(SteadyTime completeUpTo) override;
    void resetStream() override;

    std::vector<FramePtr> latestPrices() const override;
    std::vector<TokenLatest> latestTokens() const override;

    const HubCounters &counters() const { return m_counters; }

private:
    FramePtr encode(const Update &update, const StreamMessage &message);
    void hear(const FramePtr &price, const StreamMessage &message, SteadyTime at);
    void keepPrices();
    void countLive(const StreamMessage &message);
    void tellStale(const std::vector<TokenSilence> &silences);
    void post();
    void resetBehind();
    std::vector<FramePtr> tables() const;

    struct Outlet
    {
        FrameSink *sink;
        bool isBehind = false; ///< something was lost on the way: it has to begin anew
    };
    std::vector<Outlet> m_outlets;      // confined to the feed's thread
    HubCounters m_counters;

    // Confined to the feed's thread
    QHash<QByteArray, Seq> m_lastSeq;   // of the price channel, per token
    std::vector<FramePtr> m_encoded;    // of the message in hand, notices included
    std::vector<TokenLatest> m_prices;  // of the message in hand
    SilenceWatch m_silence;
    bool m_isLate = true;               // what comes is late: see UpdateSink::catchUp()
    SteadyTime m_ticked;                // completeUpTo of the last tick

    mutable std::mutex m_mutex;
    std::map<QByteArray, TokenLatest> m_latest; // guarded by m_mutex
};

} // namespace odin
