// feed -> hub: where checked messages of the bus go.
#pragma once

#include "core/model/update.h"

namespace odin {

/// Called from one thread only (the feed's delivery thread), in stream order. Must not block.
class UpdateSink
{
public:
    virtual ~UpdateSink() = default;
    virtual void receive(StreamMessage message) = 0;
    /// The stream was recreated: every sequence and table of before is void.
    virtual void resetStream() = 0;
};

} // namespace odin
