// hub -> shards: where encoded frames go.
#pragma once

#include "core/model/frame.h"

#include <span>

namespace odin {

/// Called from the hub's thread, in stream order. Must not block.
class FrameSink
{
public:
    virtual ~FrameSink() = default;
    virtual void post(std::span<const FramePtr> frames) = 0;
    /// Everything posted before is void (the stream was recreated).
    virtual void reset() = 0;
};

} // namespace odin
