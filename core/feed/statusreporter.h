// StatusReporter: keeps the feed's state and tells the sink when, and only when, it has changed.
// Thread: the feed's control thread. Owner: the feed's worker.
#pragma once

#include "core/feed/failure.h"
#include "core/flow/upstreamsink.h"

namespace odin {

class StatusReporter
{
public:
    explicit StatusReporter(UpstreamSink &sink) : m_sink(sink) {}

    /// What the next states are about.
    void setServer(const QString &publicUrl) { m_next.url = publicUrl; }
    void setStream(const QByteArray &epoch, Durability durability);

    void connecting() { tell(UpstreamState::Connecting, {}); }
    void replaying() { tell(UpstreamState::Replaying, {}); }
    void live(const QString &detail = {});
    void failed(const Failure &failure);

private:
    void tell(UpstreamState state, const QString &detail);

    UpstreamSink &m_sink;
    UpstreamStatus m_next;
    UpstreamStatus m_told;
    bool m_everTold = false;
    bool m_wasLive = false;
};

} // namespace odin
