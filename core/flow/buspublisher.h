// simulator -> bus: publishing as any publisher does.
#pragma once

#include "core/model/result.h"
#include "core/model/types.h"

#include <QByteArray>

namespace odin {

/// Called from one thread at a time; blocks until the bus has acknowledged or the call has failed
/// (at most busPublishMsMax). Retrying with the same messageId never makes a duplicate.
class BusPublisher
{
public:
    virtual ~BusPublisher() = default;
    /// Gives the stream sequence of the stored message (0 on a bus without JetStream).
    virtual Result<Seq> publish(const QByteArray &subject, const QByteArray &payload,
                                const QByteArray &messageId) = 0;
};

} // namespace odin
