#include "core/gateway/rooms.h"

#include "core/base/descriptors.h"
#include "core/base/log.h"
#include "core/feed/bussecurity.h"
#include "core/http/httpserver.h"
#include "core/http/publicroutes.h"
#include "core/http/staticfiles.h"
#include "core/http/status.h"
#include "core/model/limits.h"
#include "core/shard/listening.h"

#include <algorithm>

namespace odin {

namespace {

std::vector<FrameSink *> sinksOf(const std::vector<std::unique_ptr<Shard>> &shards)
{
    std::vector<FrameSink *> sinks;
    for (const auto &shard : shards)
        sinks.push_back(shard.get());
    return sinks;
}

std::vector<ClientSource *> clientsOf(const std::vector<std::unique_ptr<Shard>> &shards)
{
    std::vector<ClientSource *> sources;
    for (const auto &shard : shards)
        sources.push_back(shard.get());
    return sources;
}

} // namespace

Gateway::Rooms::Rooms(GatewayConfig config, Events events, GatewayState &state, UpstreamSink &upstream)
    : m_config(std::move(config)), m_events(std::move(events)), m_state(state), m_tls(m_config.tls),
      m_adminTls(m_config.adminTls), m_past(m_config.bus)
{
    const int descriptors = raiseDescriptorLimit();
    const int connectionsMax = std::max(1, descriptors - limits::descriptorsReserved);
    makeDoors();
    if (m_config.auth.required || !m_config.auth.keys.isEmpty())
        m_tokens = std::make_unique<TokenWarden>(m_config.auth);
    const Guard guard{.tokens = m_tokens.get(), .door = m_publicDoor.get()};
    m_publicRouter = publicRouter();
    m_adminToken = ownAdminToken();
    for (int number = 0; number < m_config.shards; ++number) {
        m_shards.push_back(std::make_unique<Shard>(
            number, m_state, m_past, [this] { return std::make_unique<HttpServer>(m_publicRouter); }, guard, &m_tls));
    }
    m_clients.watch(clientsOf(m_shards));
    m_hub = std::make_unique<Hub>(sinksOf(m_shards));
    m_feed = std::make_unique<Feed>(
        FeedConfig{.urls = m_config.natsUrls, .security = m_config.bus, .replicas = m_config.streamReplicas}, *m_hub, upstream);

    CounterSources counters{&m_past.counters(), &m_feed->counters(), &m_hub->counters(), {}};
    for (const auto &shard : m_shards)
        counters.shards.push_back(&shard->counters());
    m_collector = std::make_unique<Collector>(
        Collector::Sources{counters, &m_state, m_hub.get(), m_events.simulator, connectionsMax});
    m_admin = adminPort(counters);
    m_acceptor = std::make_unique<Acceptor>(m_shards, m_state.census(), connectionsMax);
    QObject::connect(&m_health, &QTimer::timeout, &m_health, [this] { announceHealth(); });
    m_health.start(limits::healthMs);
    QObject::connect(&m_daily, &QTimer::timeout, &m_daily, [this] {
        m_tls.warnOfTheEnd();
        m_adminTls.warnOfTheEnd();
    });
    m_daily.start(std::chrono::hours(24));
    qCInfo(lcApp, "%d connections fit (%d descriptors are allowed)", connectionsMax, descriptors);
}

std::shared_ptr<const Router> Gateway::Rooms::publicRouter()
{
    auto router = std::make_shared<Router>();
    addPublicRoutes(*router, m_state, [this] { return snapshot(); },
                    m_config.auth.required ? Admittance::WithToken : Admittance::Everybody);
    if (m_config.webRoot.isEmpty()) {
        addStaticFiles(*router, QStringLiteral(":/web"));
        return router;
    }
    qCInfo(lcApp).noquote() << "the page comes from" << m_config.webRoot;
    addWebFolder(*router, m_config.webRoot);
    return router;
}

std::optional<StartFailure> Gateway::Rooms::open()
{
    if (m_failure)
        return m_failure;
    if (auto failure = loadTls())
        return failure;
    if (auto failure = openTokens())
        return failure;
    if (auto failure = openPorts())
        return failure;
    return openBus();
}

std::optional<StartFailure> Gateway::Rooms::openPorts()
{
    if (const auto opened = m_acceptor->open(m_config.listen.address, m_config.listen.port); !opened)
        return StartFailure{opened.error().text, exitNotPermitted};
    if (const auto opened = m_admin->open(m_config.admin.address, m_config.admin.port); !opened)
        return StartFailure{opened.error().text, exitNotPermitted};
    noteAddresses();
    if (!m_config.listen.address.isLoopback() && !m_tls.isOn())
        qCWarning(lcApp, "the public port is open to the network without TLS: give it a certificate with --tls-cert and "
                         "--tls-key, or put a TLS proxy before it");
    if (!m_config.admin.address.isLoopback() && !m_adminTls.isOn())
        qCWarning(lcApp, "the admin port is open to the network without TLS, and its token with it: give it a certificate "
                         "with --admin-tls-cert and --admin-tls-key");
    return {};
}

void Gateway::Rooms::noteAddresses()
{
    const auto at = reachableAt(*m_acceptor);
    const auto s = [](const TlsPort &port) { return QLatin1String(port.isOn() ? "s" : ""); };
    m_addresses = {QStringLiteral("http%1://%2/").arg(s(m_tls), at), QStringLiteral("ws%1://%2/ws").arg(s(m_tls), at),
                   QStringLiteral("http%1://%2/").arg(s(m_adminTls), reachableAt(*m_admin))};
    m_collector->setAddresses(m_addresses);
}

std::optional<StartFailure> Gateway::Rooms::openBus()
{
    if (!m_config.natsUrls.isEmpty()) {
        if (const auto good = checkBusSecurity(m_config.bus); !good)
            return StartFailure{good.error().text, exitBadConfiguration};
        startFeed(m_config.natsUrls);
        return {};
    }
    m_broker = std::make_unique<ManagedBroker>(BrokerConfig{.stateFolder = m_config.stateFolder, .serverProgram = {}});
    QObject::connect(m_broker.get(), &ManagedBroker::ready, m_broker.get(), [this] {
        m_state.setBrokerRestart({});
        startFeed({m_broker->url()});
    });
    QObject::connect(m_broker.get(), &ManagedBroker::down, m_broker.get(), [this](const BrokerRestart &restart) {
        qCWarning(lcBroker).noquote() << restart.why;
        m_state.setBrokerRestart(restart);
    });
    if (const auto started = m_broker->start(); !started)
        return StartFailure{started.error().text, exitMissingService};
    return {};
}

// Again after a restart of the broker: then the feed reconnects by itself.
void Gateway::Rooms::startFeed(const QStringList &urls)
{
    m_feed->start(urls);
    m_past.start(urls);
}

void Gateway::Rooms::announceHealth() { m_feed->announce(healthSubject, summaryJson(*snapshot())); }

void Gateway::Rooms::drain()
{
    m_acceptor->close();
    m_admin->close();
    const std::chrono::milliseconds forAll(1000LL * m_state.census().sessions.load() / limits::drainClientsPerSecond);
    const auto spread = std::clamp(forAll, limits::drainHintMsMin, limits::drainHintMsMax);
    for (const auto &shard : m_shards)
        shard->drain(spread);
}

void Gateway::Rooms::upstreamChanged(const UpstreamStatus &status, WorkerThread &control)
{
    for (const auto &shard : m_shards)
        shard->upstreamChanged(status);
    control.post([this, status] { reportFirsts(status); });
}

void Gateway::Rooms::reportFirsts(const UpstreamStatus &status)
{
    const bool isLive = status.state == UpstreamState::Live;
    if (isLive && !std::exchange(m_saidLive, true) && m_events.busLive)
        m_events.busLive(busUrls());
    const bool isOutcome = isLive || !status.detail.isEmpty();
    if (isOutcome && !std::exchange(m_saidServing, true) && m_events.serving)
        m_events.serving();
}

QStringList Gateway::Rooms::busUrls() const
{
    if (!m_config.natsUrls.isEmpty())
        return m_config.natsUrls;
    return m_broker && !m_broker->url().isEmpty() ? QStringList(m_broker->url()) : QStringList();
}

} // namespace odin
