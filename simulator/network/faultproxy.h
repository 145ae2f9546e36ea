// FaultProxy: a TCP proxy that disturbs what goes through it as asked: late, slow, stalled, cut, half-open, refused.
// While a connection lives its bytes arrive complete, unchanged and in order.
// Thread: the one it lives on, which needs an event loop; all calls there. It may be moved (moveToThread) before open().
// Owner: whoever disturbs: a test, or the simulator. Its end resets every connection.
#pragma once

#include "core/model/result.h"
#include "simulator/network/proxyconnection.h"

#include <map>
#include <memory>
#include <vector>

namespace odin {

class ProxyListener;

class FaultProxy final : public QObject
{
    Q_OBJECT
public:
    /// The jitter of a seed's connections is always the same.
    explicit FaultProxy(quint32 seed = 1, QObject *parent = nullptr);
    ~FaultProxy() override;

    /// Listens on 127.0.0.1 only; port 0 is any free one. The target need not be there yet: a connection that it does
    /// not take is reset.
    Result<Done> open(quint16 port, const ProxyTarget &target);
    /// Resets all connections and gives the port back.
    void close();
    /// 0 while it is not open.
    quint16 port() const;

    /// For every connection, now and later. Values are brought into their bounds.
    void setFaults(const Faults &faults);
    /// For one; false when it is not there.
    bool setFaults(ConnectionId id, const Faults &faults);
    /// Of connections to come.
    const Faults &faults() const { return m_faults; }

    /// Refused: the system answers new connections with a reset.
    Result<Done> setRefusing(bool refusing);

    /// Both sides get a reset.
    bool cut(ConnectionId id);
    void cutAll();
    /// One side has vanished without a word: from now on nothing is read or written, and no side ever hears of an end.
    /// The connection stays until it is cut.
    bool halfOpen(ConnectionId id);
    void halfOpenAll();

    std::vector<ProxiedConnection> connections() const;
    ProxyCounters counters() const;

private:
    void admit(int client);
    void forget(ConnectionId id, ProxyConnection::End end);
    ProxyConnection *find(ConnectionId id) const;
    std::vector<ProxyConnection *> all() const;

    const quint32 m_seed;
    ProxyTarget m_target;
    Faults m_faults;
    std::unique_ptr<ProxyListener> m_listener;
    std::map<ConnectionId, ProxyConnection *> m_connections; // children of this
    ConnectionId m_lastId = 0;
    ProxyCounters m_counters; // bytes: of connections that have ended
};

} // namespace odin
