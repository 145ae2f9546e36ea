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
    /// Takes all of the frames or none. False: they are lost to this sink, which has to be reset before the next.
    virtual bool post(std::span<const FramePtr> frames) = 0;
    /// Everything posted before is void (the stream was recreated, or something was lost); `latest` is the newest of each
    /// token, in stream order. False: try again.
    virtual bool reset(std::span<const FramePtr> latest) = 0;
};

} // namespace odin
