// ProxyConnection: one client's connection to the target, with a relay for each direction.
// Thread: that of its owner. Owner: the FaultProxy, which deletes it after ended().
#pragma once

#include "simulator/network/faults.h"
#include "simulator/network/proxysocket.h"
#include "simulator/network/relay.h"

#include <QHostAddress>
#include <QObject>
#include <QTimer>

namespace odin {

/// Where a proxy leads to.
struct ProxyTarget
{
    QHostAddress host;
    quint16 port = 0;
};

class ProxyConnection final : public QObject
{
    Q_OBJECT
public:
    enum class End { Closed, Reset, Unreachable };

    /// Takes both descriptors: `client` is connected, `target` may still be connecting.
    ProxyConnection(ConnectionId id, int client, int target, const Faults &faults, quint32 seed);

    void setFaults(const Faults &faults);
    /// Both sides get a reset.
    void cut();
    /// From now on a black hole: nothing is read, written or closed until cut().
    void halfOpen();

    ProxiedConnection info() const;

Q_SIGNALS:
    /// Once, at the end. Both descriptors are closed.
    void ended(odin::ProxyConnection::End end);

private:
    enum class State { Connecting, Open, HalfOpen, Ended };

    void look();
    void connectTarget();
    void pump();
    bool isOver(Relay::State up, Relay::State down, SteadyTime now);
    void watch(SteadyTime now);
    void rest();
    void finish(End end);

    const ConnectionId m_id;
    Faults m_faults;
    State m_state = State::Connecting;
    ProxySocket m_client;
    ProxySocket m_target;
    const quint16 m_clientPort;
    Relay m_up;
    Relay m_down;
    QTimer m_timer; // for the target to connect, then for what is due next
};

} // namespace odin
