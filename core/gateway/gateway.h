// Gateway: joins the rooms: broker -> feed -> hub -> shards, acceptor, HTTP, admin port, stats.
// Thread: the calls from the thread that made it (app's main); the work runs on the control thread "odin-control" and
// the threads of the rooms. Owner: app.
#pragma once

#include "core/base/workerthread.h"
#include "core/flow/gatewaystate.h"
#include "core/flow/upstreamsink.h"
#include "core/model/client.h"
#include "core/model/result.h"
#include "core/model/securityconfig.h"
#include "core/model/snapshot.h"

#include <QHostAddress>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace odin {

class ClientDirectory;

struct Endpoint
{
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 0;   ///< 0 = any free one
};

struct GatewayConfig
{
    Endpoint listen;
    Endpoint admin;
    QStringList natsUrls;       ///< empty = the managed broker
    QString stateFolder;        ///< for the managed broker's store
    QString webRoot;            ///< empty = the page that is built in
    int shards = 1;
    int streamReplicas = 1;
    TokenConfig auth;
    DoorConfig door;
    TlsConfig tls, adminTls;
    BusSecurity bus;
};

/// Why a gateway cannot start, with the program's exit code for it.
struct StartFailure
{
    QString text;
    int exitCode = 1;
};

class Gateway final : public UpstreamSink
{
public:
    /// Called on the control thread; must not block and must not call the gateway back.
    struct Events
    {
        /// Once, when pages are served and the first try to reach the bus has ended, well or badly.
        std::function<void()> serving;
        /// The bus is live for the first time: publishers may start. The URLs carry credentials.
        std::function<void(const QStringList &urls)> busLive;
        std::function<std::optional<SimulatorStatus>()> simulator;
        /// An operator asked for a polite end through the admin port.
        std::function<void()> stopAsked = {};
    };

    Gateway(GatewayConfig config, Events events);
    /// Like stop().
    ~Gateway() override;

    /// Opens both ports and begins to look for the bus.
    std::optional<StartFailure> start();

    /// Says goodbye to every client, waits for them to go (a few seconds at most), and ends everything.
    void stop();

    /// Reads certificates, keys and lists of revoked tokens anew; nobody is disconnected. What cannot be read stays as it is.
    void reload();

    /// From any thread, between start() and stop().
    SnapshotPtr snapshot() const;
    /// What it knows of single clients, and does to them. From any thread, between start() and stop().
    ClientDirectory &clients() const;
    /// From any thread but the control thread. The bus URLs carry credentials; empty before a managed broker is ready.
    GatewayAddresses addresses() const;
    QStringList busUrls() const;
    void setSimulated(bool simulated) { m_state.setSimulated(simulated); }

    void upstreamChanged(const UpstreamStatus &status) override;

private:
    class Rooms;

    GatewayState m_state;
    mutable WorkerThread m_control;
    std::unique_ptr<Rooms> m_rooms; // lives on m_control
};

} // namespace odin
