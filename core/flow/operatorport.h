// operator -> gateway: the one interface through which a console (or the admin API) sees and controls a gateway.
// A local implementation stands in app; nothing here assumes that the gateway is in the same process.
#pragma once

#include "core/model/logentry.h"
#include "core/model/result.h"
#include "core/model/snapshot.h"

#include <chrono>
#include <vector>

namespace odin {

/// Every call from any thread; none blocks for longer than it takes to copy a pointer or to queue a command.
class OperatorPort
{
public:
    virtual ~OperatorPort() = default;
    /// The newest snapshot; never null.
    virtual SnapshotPtr snapshot() const = 0;
    /// What the gateway logged after the entry with this number, as far as it is kept (logTailEntriesMax), oldest first.
    virtual std::vector<LogEntry> log(quint64 after) const = 0;
    virtual Result<Done> setTokenSimulated(const QByteArray &token, bool on) = 0;
    virtual Result<Done> setSimulatedInterval(const QByteArray &token, std::chrono::milliseconds min,
                                              std::chrono::milliseconds max) = 0;
};

} // namespace odin
