// feed -> everyone: how the way to the bus is.
#pragma once

#include "core/model/upstream.h"

namespace odin {

/// Called at every change, from any of the feed's threads. Must not block and must not call the feed back.
class UpstreamSink
{
public:
    virtual ~UpstreamSink() = default;
    virtual void upstreamChanged(const UpstreamStatus &status) = 0;
};

} // namespace odin
