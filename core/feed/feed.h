// Feed: one connection to the bus, one ordered consumer of its stream, every message checked and handed to the hub.
// Thread: start/stop on any one thread; everything else, and every call of the sinks, happens on its own thread
// "odin-feed". Owner: core/gateway.
// It reconnects for ever, with jitter; a bus that refuses is a state (UpstreamState::Error), not an end.
#pragma once

#include "core/flow/counters.h"
#include "core/flow/updatesink.h"
#include "core/flow/upstreamsink.h"
#include "core/model/limits.h"
#include "core/model/securityconfig.h"

#include <QStringList>

#include <memory>

namespace odin {

struct FeedConfig
{
    QStringList urls; ///< nats://[user:password@]host:port, tried in turn
    QByteArray streamName = "ODIN";
    BusSecurity security{};
    int replicas = 1; ///< for a stream that has to be created
    std::chrono::milliseconds replay = limits::ringMsMax; ///< how far back the stream is read at start
};

class Feed
{
public:
    /// The sinks must outlive the feed.
    Feed(FeedConfig config, UpdateSink &updates, UpstreamSink &upstream);
    /// Stops and waits.
    ~Feed();

    /// `urls`: instead of those of the configuration (a managed broker's are known late). Nothing when it runs already.
    void start(const QStringList &urls = {});
    /// No call reaches the sinks after this returns. Waits at most about two seconds.
    void stop();

    /// Publishes a message of this gateway (not kept by the stream) as soon as the bus is there; any thread.
    void announce(const QByteArray &subject, const QByteArray &text);

    const FeedCounters &counters() const;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace odin
