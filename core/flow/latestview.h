// hub -> readers: the newest frame of every token.
#pragma once

#include "core/model/frame.h"

#include <vector>

namespace odin {

/// Callable from any thread; takes a lock for the time of a copy of pointers.
class LatestView
{
public:
    virtual ~LatestView() = default;
    /// Newest frame per token on Channel::Price, sorted by token id.
    virtual std::vector<FramePtr> latestPrices() const = 0;
};

} // namespace odin
