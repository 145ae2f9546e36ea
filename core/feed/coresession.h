// CoreSession: the feed from a bus without JetStream: what is published while we listen, numbered here.
// Thread: the feed's control thread. Owner: the feed's worker, for one connection.
// Nothing is replayed and what is published during an outage is lost; health says so (Durability::None).
#pragma once

#include "core/feed/connection.h"
#include "core/feed/session.h"

#include <optional>
#include <stop_token>

namespace odin {

class CoreSession
{
public:
    CoreSession(Connection &connection, SessionContext context) : m_connection(connection), m_context(context) {}

    /// Nothing when it was asked to stop.
    std::optional<Failure> run(std::stop_token stop);

private:
    natsSubscription *subscribe(const char *subject);
    natsStatus takeNext(natsSubscription *subscription, std::chrono::milliseconds wait);

    Connection &m_connection;
    const SessionContext m_context;
    SteadyTime m_complete; // everything that was published until then has been received
};

} // namespace odin
