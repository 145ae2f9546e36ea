// operator -> gateway: the one interface through which a console (or the admin API) sees and controls a gateway.
// A local implementation stands in app; nothing here assumes that the gateway is in the same process.
#pragma once

#include "core/model/client.h"
#include "core/model/logentry.h"
#include "core/model/result.h"
#include "core/model/setting.h"
#include "core/model/snapshot.h"

#include <functional>
#include <optional>
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
    /// Of a token of the simulator: see SimulatorControl, also for simulate(). Refused when no simulator runs.
    virtual Result<Done> changeSimulated(const QByteArray &token, const SimulatedTokenChange &change) = 0;
    virtual Result<Done> simulate(const SimulatorCommand &command) = 0;

    /// Said once, on any thread, when it is done or known why it is not.
    using Answer = std::function<void(const Result<Done> &)>;
    /// The newest listing of clients; null before the first, and perhaps of another query. Asking has the next one made:
    /// ask again until it answers() the query, and as long as somebody looks. Nobody asks: nothing is made.
    virtual ClientListingPtr clients(const ClientQuery &query) = 0;
    /// All about one client, in the same way; null until it is known.
    virtual ClientDetailsPtr client(const QByteArray &id) = 0;
    virtual void disconnectClient(const QByteArray &id, Answer answer) = 0;
    /// It gets the newest update per token, at most so often, whatever it asks for; nothing: what it asks for.
    virtual void limitClient(const QByteArray &id, std::optional<double> maxHz, Answer answer) = 0;

    /// The newest listing; never null, the same pointer until something has changed.
    virtual SettingsPtr settings() const = 0;
    /// Checked at once, as the command line is; kept in the background, where a failure shows in settings().problem.
    /// Nothing in place of a value means: no longer a value of the console's own.
    virtual Result<Done> changeSetting(const QString &name, const std::optional<QString> &value) = 0;
};

} // namespace odin
