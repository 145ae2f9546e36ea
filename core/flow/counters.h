// Counters by which the rooms are watched: each written by one room, read by stats.
// Thread: relaxed atomics, any. Owner: the room that writes them.
#pragma once

#include "core/base/histogram.h"
#include "core/model/closereason.h"
#include "core/wire/buspayload.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

namespace odin {

using Counter = std::atomic<std::uint64_t>;

/// Adds where only one thread writes: cheaper than a locked add.
inline void bump(Counter &counter, std::uint64_t by = 1)
{
    counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
}

/// What the public port's clients are told and what caps look at; all shards share one.
struct Census
{
    std::atomic<int> connections{0}; ///< accepted descriptors, sessions included
    std::atomic<int> sessions{0};
};

struct FeedCounters
{
    Counter messages{0};             ///< received from the stream, live
    Counter replayed{0};             ///< read back to fill the tables at start
    Counter updates{0};              ///< handed to the hub, live
    Counter duplicates{0};           ///< stream sequences seen before, dropped
    Counter reconnects{0};
    Counter rebuilds{0};             ///< consumers made anew
    std::array<Counter, refusalCount> refused{};
};

struct HubCounters
{
    Counter framesEncoded{0};
    Counter tokensRefused{0};        ///< updates of new tokens beyond limits::tokensMax
    std::atomic<std::uint64_t> ringFrames{0};
    std::atomic<std::uint64_t> ringBytes{0};
    std::atomic<std::int64_t> lastSeq{0};
    std::atomic<std::int64_t> busLagMs{0};
};

/// One shard: all written on its thread.
struct ShardCounters
{
    Counter accepted{0};             ///< connections handed to this shard
    Counter sessionsOpened{0};
    Counter sessionsClosed{0};
    Counter httpRequests{0};
    Counter doorRefused{0};          ///< answered 4xx or 503, or ended by a deadline at the door
    Counter overCapacity{0};         ///< of these: 503
    Counter deliveries{0};           ///< frames of updates written to sockets
    Counter writes{0};               ///< system calls they took
    Counter bytes{0};                ///< of deliveries
    Counter queuedBytes{0};          ///< of these: went through a socket's backlog
    Counter commands{0};
    Counter commandErrors{0};
    Counter framesLost{0};           ///< dropped because this shard could not keep up; its clients were sent away
    std::array<Counter, closeRules.size()> closes{}; ///< by reason, in the order of closeRules
    Histogram gatewayLatency;        ///< feed got the message -> written to the client's socket
    Histogram endToEndLatency;       ///< publisher's timestamp -> written to the client's socket
};

/// Where stats and metrics read; every pointer outlives them.
struct CounterSources
{
    const FeedCounters *feed = nullptr;
    const HubCounters *hub = nullptr;
    std::vector<const ShardCounters *> shards;

    /// Sum of one counter over the shards: total(&ShardCounters::bytes).
    std::uint64_t total(Counter ShardCounters::*counter) const
    {
        std::uint64_t sum = 0;
        for (const auto *shard : shards)
            sum += (shard->*counter).load(std::memory_order_relaxed);
        return sum;
    }

    /// Sessions closed for this reason (an index of closeRules).
    std::uint64_t closes(std::size_t reason) const
    {
        std::uint64_t sum = 0;
        for (const auto *shard : shards)
            sum += shard->closes[reason].load(std::memory_order_relaxed);
        return sum;
    }

    HistogramSnapshot latency(Histogram ShardCounters::*histogram) const
    {
        HistogramSnapshot sum;
        for (const auto *shard : shards)
            sum += (shard->*histogram).snapshot();
        return sum;
    }
};

} // namespace odin
