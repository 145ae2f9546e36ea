// hub -> readers: the newest frame of every token. Values; any thread.
#pragma once

#include "core/model/frame.h"

#include <vector>

namespace odin {

struct TokenLatest
{
    FramePtr frame;                         ///< newest on Channel::Price
    SteadyTime heard;                       ///< published at about this time
    std::chrono::milliseconds expected{0};  ///< longest silence that is normal for the token; 0 = not known
    bool stale = false;                     ///< silent for longer
};

/// Callable from any thread; takes a lock for the time of a copy of pointers.
class LatestView
{
public:
    virtual ~LatestView() = default;
    /// Newest frame per token on Channel::Price, sorted by token id.
    virtual std::vector<FramePtr> latestPrices() const = 0;
    /// The same with what is known of each token's cadence.
    virtual std::vector<TokenLatest> latestTokens() const = 0;
};

} // namespace odin
