// Counters by which the rooms are watched: each written by one room, read by stats.
// Thread: relaxed atomics, any. Owner: the room that writes them.
#pragma once

#include "core/base/histogram.h"
#include "core/flow/tokenauthority.h"
#include "core/model/closereason.h"
#include "core/model/turnaway.h"
#include "core/wire/buspayload.h"

#include <algorithm>
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
    Histogram publishToStore;        ///< live updates: publisher's timestamp -> stored by the bus (two clocks)
    Histogram storeToFeed;           ///< live messages: stored by the bus -> received by the feed (two clocks)
    std::array<Counter, refusalCount> refused{};
};

struct HubCounters
{
    Counter framesEncoded{0};
    Counter tokensRefused{0};        ///< updates of new tokens beyond limits::tokensMax
    std::atomic<std::int64_t> lastSeq{0};
    std::atomic<std::int64_t> busLagMs{0};
    Counter staleTokens{0};          ///< gauge: silent now, for longer than is normal for them
    Counter staleTotal{0};           ///< feed:stale told
    Counter liveTotal{0};            ///< feed:live told
    Histogram feedToHub;             ///< live updates: received by the feed -> encoded by the hub
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
    Counter conflated{0};            ///< updates that a newer one of their token replaced, for slow and `latest` clients
    Counter thinnings{0};            ///< times a client became slow enough for that
    Counter resumesRecovered{0};
    Counter resumesRefused{0};       ///< answered recovered:false
    Counter replayed{0};             ///< updates written to clients that resumed
    Counter histories{0};            ///< answered
    Counter ringFrames{0};           ///< gauge, like the three below
    Counter ringBytes{0};
    Counter thinning{0};             ///< clients whose updates are thinned now
    Counter catchingUp{0};           ///< clients that resume now
    Counter framesLost{0};           ///< dropped because this shard could not keep up; its clients were sent away
    std::array<Counter, turnawayRules.size()> turnaways{};      ///< by reason, in the order of turnawayRules
    std::array<Counter, turnawayRules.size()> wouldTurnAway{};  ///< the same, in a dry run
    std::array<Counter, tokenFaultCount> tokenFaults{};         ///< by reason, in the order of TokenFault
    Counter tokensAccepted{0};
    Counter quotaRefusals{0};        ///< commands beyond a quota of their own (history, resume)
    Counter trickled{0};             ///< sessions ended because a frame did not arrive in time
    Counter controlFloods{0};        ///< sessions ended for too many pings or pongs
    Counter framesRefused{0};        ///< sessions ended for a frame that no client may send
    std::array<Counter, closeRules.size()> closes{}; ///< by reason, in the order of closeRules
    Histogram gatewayLatency;        ///< feed got the message -> written to the client's socket
    Histogram endToEndLatency;       ///< publisher's timestamp -> written to the client's socket
    Histogram hubToShard;            ///< live updates: encoded by the hub -> taken by this shard
    Histogram shardToSocket;         ///< live updates: taken by this shard -> written to the client's socket
    Histogram roundTrip;             ///< ping written to a client -> its pong read
};

/// Reading back from the stream, for clients that resume and for history.
struct PastCounters
{
    Counter rangesRead{0};
    Counter historiesRead{0};
    Counter messages{0};             ///< read by both
    Counter failures{0};             ///< reads that gave nothing
};

/// The way of an update in parts, one after the other.
inline constexpr std::array<const char *, 5> stageNames{"publish_to_store", "store_to_feed", "feed_to_hub",
                                                        "hub_to_shard", "shard_to_socket"};
using StageHistograms = std::array<HistogramSnapshot, stageNames.size()>;

/// Where stats and metrics read; every pointer outlives them.
struct CounterSources
{
    const PastCounters *past = nullptr;
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

    /// Sum of one counter of such an array: total(&ShardCounters::turnaways, index).
    template<std::size_t size>
    std::uint64_t total(std::array<Counter, size> ShardCounters::*array, std::size_t index) const
    {
        std::uint64_t sum = 0;
        for (const auto *shard : shards)
            sum += (shard->*array)[index].load(std::memory_order_relaxed);
        return sum;
    }

    /// Sessions closed for this reason (an index of closeRules).
    std::uint64_t closes(std::size_t reason) const { return total(&ShardCounters::closes, reason); }

    HistogramSnapshot latency(Histogram ShardCounters::*histogram) const
    {
        HistogramSnapshot sum;
        for (const auto *shard : shards)
            sum += (shard->*histogram).snapshot();
        return sum;
    }

    /// In the order of stageNames.
    StageHistograms stages() const
    {
        return {feed->publishToStore.snapshot(), feed->storeToFeed.snapshot(), hub->feedToHub.snapshot(),
                latency(&ShardCounters::hubToShard), latency(&ShardCounters::shardToSocket)};
    }

    /// Largest of the shards: of what they hold in common.
    std::uint64_t largest(Counter ShardCounters::*counter) const
    {
        std::uint64_t most = 0;
        for (const auto *shard : shards)
            most = std::max(most, (shard->*counter).load(std::memory_order_relaxed));
        return most;
    }
};

} // namespace odin
