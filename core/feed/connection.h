// Connection: one connection to one server of the bus, with cnats' own reconnecting switched off.
// Thread: one at a time. Owner: a session of the feed, or the publisher.
// A connection that is lost stays closed and everything on it says so at once: nothing is buffered and flushed late,
// nothing is re-created behind our back; whoever owns it makes a new one. No callback of cnats reaches the code above.
#pragma once

#include "core/feed/natsptr.h"
#include "core/model/securityconfig.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <future>
#include <vector>

namespace odin {

/// One server of the bus, and how to speak to it.
struct BusAddress
{
    QString url;
    BusSecurity security{};
};

class Connection
{
public:
    /// Connects; status() says whether it worked. `name` is what the bus lists.
    Connection(const BusAddress &bus, const char *name, std::chrono::milliseconds timeout);
    /// Closes and waits for cnats' threads of this connection.
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    natsStatus status() const { return m_status; }
    /// False once the connection was lost.
    bool isOpen() const { return m_handle && !natsConnection_IsClosed(m_handle.get()); }

    natsConnection *handle() const { return m_handle.get(); }
    jsCtx *jetStream() const { return m_jetStream.get(); }

    /// Keeps a subscription until the connection is closed: cnats 3.4.1 may touch a destroyed one while messages come.
    void keep(NatsSubscriptionPtr subscription) { m_subscriptions.push_back(std::move(subscription)); }

private:
    natsStatus connect(const BusAddress &bus, const char *name, std::chrono::milliseconds timeout);

    NatsConnectionPtr m_handle;
    JsContextPtr m_jetStream;
    std::vector<NatsSubscriptionPtr> m_subscriptions;
    std::future<void> m_closed; // set by cnats after its threads have ended
    natsStatus m_status;
};

} // namespace odin
