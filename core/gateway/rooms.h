// Rooms: every object of a running gateway, in the order in which they depend on each other.
// Thread: the control thread, but for what says otherwise. Owner: Gateway (its front object); included by it only.
#pragma once

#include "core/feed/feed.h"
#include "core/feed/managedbroker.h"
#include "core/feed/pastreader.h"
#include "core/gateway/adminport.h"
#include "core/gateway/gateway.h"
#include "core/http/router.h"
#include "core/hub/hub.h"
#include "core/security/doorkeeper.h"
#include "core/security/tokenwarden.h"
#include "core/shard/acceptor.h"
#include "core/shard/shard.h"
#include "core/stats/clientdirectory.h"
#include "core/stats/collector.h"

#include <QTimer>

namespace odin {

// Exit codes of the contract.
inline constexpr int exitMissingService = 69;
inline constexpr int exitNotPermitted = 77;
inline constexpr int exitBadConfiguration = 78;

class Gateway::Rooms
{
public:
    Rooms(GatewayConfig config, Events events, GatewayState &state, UpstreamSink &upstream);

    std::optional<StartFailure> open();
    void drain();
    void reload();
    /// No call comes from the feed's threads after this, and no shard is asked for its clients.
    void stopFeed()
    {
        m_clients.stop();
        m_feed->stop();
        m_past.stop();
    }

    /// Any thread; passes it on and reports the two firsts of Events.
    void upstreamChanged(const UpstreamStatus &status, WorkerThread &control);

    SnapshotPtr snapshot() const { return m_collector->latest(); }
    ClientDirectory &clients() { return m_clients; }
    const GatewayAddresses &addresses() const { return m_addresses; }
    QStringList busUrls() const;

private:
    std::optional<StartFailure> loadTls();
    std::optional<StartFailure> openTokens();
    std::optional<StartFailure> openPorts();
    void noteAddresses();
    std::optional<StartFailure> openBus();
    void startFeed(const QStringList &urls);
    void reportFirsts(const UpstreamStatus &status);
    std::shared_ptr<const Router> publicRouter();
    std::unique_ptr<AdminPort> adminPort(const CounterSources &counters);
    std::optional<QByteArray> operatorOf(const QByteArray &token) const;
    QByteArray ownAdminToken() const;
    void makeDoors();
    std::shared_ptr<DoorKeeper> doorKeeper(const DoorConfig &config);
    void announceHealth();

    const GatewayConfig m_config;
    const Events m_events;
    GatewayState &m_state;
    GatewayAddresses m_addresses;
    TlsPort m_tls, m_adminTls;
    bool m_saidServing = false;
    bool m_saidLive = false;

    std::optional<StartFailure> m_failure; // why it cannot be opened at all
    std::shared_ptr<DoorKeeper> m_publicDoor, m_adminDoor;
    std::shared_ptr<const Router> m_publicRouter;
    QByteArray m_adminToken;
    std::unique_ptr<TokenWarden> m_tokens; // null: nobody is asked for a token
    PastReader m_past;
    ClientDirectory m_clients;
    std::vector<std::unique_ptr<Shard>> m_shards;
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Feed> m_feed;
    std::unique_ptr<ManagedBroker> m_broker;
    std::unique_ptr<Collector> m_collector;
    std::unique_ptr<AdminPort> m_admin;
    std::unique_ptr<Acceptor> m_acceptor;
    QTimer m_health;
    QTimer m_daily;
};

} // namespace odin
