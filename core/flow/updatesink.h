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
    /// What comes until the next tick() is late, whoever is to blame: a session with the bus begins.
    virtual void catchUp() = 0;
    /// Everything that was published until this moment has been received. Only while the stream is live, each
    /// limits::busTickMs or more often; costs next to nothing when there is nothing to do.
    virtual void tick(SteadyTime completeUpTo) = 0;
    /// The stream was recreated: every sequence and table of before is void.
    virtual void resetStream() = 0;
};

} // namespace odin
