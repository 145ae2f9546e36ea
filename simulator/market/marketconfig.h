// MarketConfig: what the simulator is to publish, and the source of messages made from it.
// Values and pure functions, but for the file of a replay that is opened; any thread.
#pragma once

#include "simulator/market/messagesource.h"
#include "simulator/market/replay.h"
#include "simulator/market/schedule.h"

#include <map>
#include <memory>

namespace odin {

struct MarketConfig
{
    std::vector<QByteArray> tokens;           ///< empty = the ten of the catalog
    quint64 seed = 1;                         ///< the same seed gives the same prices, volumes and order
    Interval interval;                        ///< of each token that has none of its own
    std::map<QByteArray, Interval> intervals;
    std::optional<ReplayConfig> replay;       ///< instead of simulated tokens
};

/// Fails with a sentence on a token, an interval or a file that cannot be used.
Result<std::unique_ptr<MessageSource>> makeMessageSource(const MarketConfig &config, const QByteArray &runId,
                                                         SteadyTime start);

} // namespace odin
