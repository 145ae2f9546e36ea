// shards -> stats: the clients of one part of the gateway, for an operator who looks at them and acts on them.
#pragma once

#include "core/model/client.h"

#include <functional>
#include <optional>
#include <vector>

namespace odin {

/// Every call from any thread; none blocks. Each answer comes exactly once, on a thread of the source or, when it has no
/// room for more commands, at once on the caller's: then it is empty.
class ClientSource
{
public:
    /// Whose they are then. Shared only because they cross threads in a command, which must be copyable.
    using Rows = std::shared_ptr<std::vector<ClientRow>>;
    using RowsAnswer = std::function<void(const Rows &)>;
    using DetailsAnswer = std::function<void(const std::optional<ClientDetails> &)>;
    /// Whether the client is here.
    using FoundAnswer = std::function<void(bool)>;

    virtual ~ClientSource() = default;
    /// A row of each client, in no order. One that comes or goes meanwhile may be in it or not, but none is in it twice.
    virtual void listClients(RowsAnswer answer) = 0;
    /// Nothing when the client is not here. From now on its frames are written down, for limits::clientFramesMs.
    virtual void readClient(const QByteArray &id, DetailsAnswer answer) = 0;
    /// With CloseReason::ClosedByOperator.
    virtual void disconnectClient(const QByteArray &id, FoundAnswer answer) = 0;
    /// From now on it gets the newest update per token, at most so often, whatever it asks for; nothing: as it asks.
    virtual void limitClient(const QByteArray &id, std::optional<double> maxHz, FoundAnswer answer) = 0;
};

} // namespace odin
