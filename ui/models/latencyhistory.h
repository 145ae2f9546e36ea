// LatencyHistory: how long each part of an update's way took during the last minute, quarter of an hour and hour.
// Thread: one (main). Owner: GatewayHistory.
#pragma once

#include "core/flow/counters.h"
#include "ui/models/latencydistribution.h"

#include <array>
#include <deque>

namespace odin {

/// The parts in their order, what the client adds, and the whole.
enum class LatencyPart : std::size_t {
    PublishToStore,
    StoreToFeed,
    FeedToHub,
    HubToShard,
    ShardToSocket,
    RoundTrip,
    Gateway,
    EndToEnd,
};
inline constexpr std::size_t latencyParts = stageNames.size() + 3;
using LatencyByPart = std::array<LatencyDistribution, latencyParts>;

class LatencyHistory
{
public:
    static constexpr std::array windows{std::chrono::minutes(1), std::chrono::minutes(15), std::chrono::minutes(60)};

    /// Takes each snapshot once. A clock that was set back takes what lies after it along.
    void append(const GatewaySnapshot &snapshot);

    /// All that was measured in the time before nowMs (an index of `windows`), to the nearest slice of it.
    LatencyByPart over(std::size_t window, qint64 nowMs) const;

private:
    struct Slice
    {
        qint64 startMs;
        LatencyByPart parts;
    };
    using Slices = std::deque<Slice>;

    static qint64 sliceMs(std::size_t window);
    static Slice &sliceAt(Slices &slices, qint64 startMs);

    std::array<Slices, windows.size()> m_slices; // each by time, at most latencySlicesMax
};

} // namespace odin
