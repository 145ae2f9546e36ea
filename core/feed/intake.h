// Intake: the one gate to the hub: checks messages of the bus, counts what it refuses, lets each sequence through once.
// Thread: the feed's control thread. Owner: the feed's worker.
#pragma once

#include "core/flow/counters.h"
#include "core/flow/updatesink.h"

#include <nats/nats.h>

#include <span>

namespace odin {

class Intake
{
public:
    Intake(UpdateSink &sink, FeedCounters &counters) : m_sink(sink), m_counters(counters) {}

    /// Drops what is not newer than everything before.
    void take(const natsMsg *message, Seq seq, qint64 storedMs, Origin origin);
    /// See UpdateSink.
    void catchUp() { m_sink.catchUp(); }
    void tick(SteadyTime completeUpTo) { m_sink.tick(completeUpTo); }
    /// The sequences begin anew and the hub forgets.
    void reset();
    /// The newest sequence that came; 0 = none.
    Seq last() const { return m_last; }

private:
    void count(const StreamMessage &message, std::span<const Refusal> refusals);
    void countLive(const StreamMessage &message);

    UpdateSink &m_sink;
    FeedCounters &m_counters;
    Seq m_last = 0;
};

} // namespace odin
