#include "core/gateway/rooms.h"

#include "core/base/descriptors.h"
#include "core/base/log.h"
#include "core/feed/bussecurity.h"
#include "core/http/httpserver.h"
#include "core/http/publicroutes.h"
#include "core/http/staticfiles.h"
#include "core/http/status.h"
#include "core/model/limits.h"
#include "core/security/admintoken.h"
#include "core/shard/listening.h"

#include <algorithm>

namespace odin {

namespace {

// Exit codes of the contract.
constexpr int exitMissingService = 69;
constexpr int exitNotPermitted = 77;
constexpr int exitBadConfiguration = 78;

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

// Under the same names. Its users are few and on this machine, or behind something that asks who they are: no dry run, no
// balancers, and no pages but its own.
DoorConfig adminDoor(const DoorConfig &publicDoor)
{
    DoorConfig door;
    door.hosts = publicDoor.hosts;
    door.addressConnections = limits::adminConnectionsMax;
    door.addressConnectsPerSecond = limits::adminRequestsPerSecondMax;
    return door;
}

} // namespace

Gateway::Rooms::Rooms(GatewayConfig config, Events events, GatewayState &state, UpstreamSink &upstream)
    : m_config(std::move(config)), m_events(std::move(events)), m_state(state), m_tls(m_config.tls),
      m_adminTls(m_config.adminTls), m_past(m_config.bus)
{
    const int descriptors = raiseDescriptorLimit();
    const int connectionsMax = std::max(1, descriptors - limits::descriptorsReserved);
    m_publicDoor = doorKeeper(m_config.door);
    m_adminDoor = doorKeeper(adminDoor(m_config.door));
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
    m_feed = std::make_unique<Feed>(FeedConfig{.urls = m_config.natsUrls, .security = m_config.bus, .replicas = m_config.streamReplicas}, *m_hub, upstream);

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

// Beyond this machine even numbers are for operators only.
std::unique_ptr<AdminPort> Gateway::Rooms::adminPort(const CounterSources &counters)
{
    AdminActions actions{
        .clients = [this](const ClientQuery &query) { return m_clients.clients(query); },
        .client = [this](const QByteArray &id) { return m_clients.client(id); },
        .disconnect = [this](const QByteArray &id) { m_clients.disconnectClient(id, [](const Result<Done> &) {}); },
        .limit = [this](const QByteArray &id,
                        std::optional<double> maxHz) { m_clients.limitClient(id, maxHz, [](const Result<Done> &) {}); },
        .drain = [this] { m_events.stopAsked ? m_events.stopAsked() : void(); },
        .reload = [this] { reload(); },
    };
    const auto readers = m_config.admin.address.isLoopback() ? AdminAccess::Readers::All : AdminAccess::Readers::Operators;
    return std::make_unique<AdminPort>(
        m_state, counters, [this] { return snapshot(); }, std::move(actions),
        [this](const QByteArray &token) { return operatorOf(token); }, readers, Guard{.door = m_adminDoor.get()}, m_adminTls);
}

// Who has the admin token, or a token of the role operator.
std::optional<QByteArray> Gateway::Rooms::operatorOf(const QByteArray &token) const
{
    if (isSameSecret(token, m_adminToken))
        return "the admin token";
    if (!m_tokens)
        return {};
    const auto checked = m_tokens->check(token);
    const auto *identity = std::get_if<Identity>(&checked);
    return identity && identity->role == Role::Operator ? std::optional(identity->subject) : std::nullopt;
}

// Without a file there is a token all the same, which nobody knows.
QByteArray Gateway::Rooms::ownAdminToken() const
{
    if (m_config.stateFolder.isEmpty())
        return newSecret();
    const auto path = m_config.stateFolder + QStringLiteral("/admin-token");
    const auto token = adminToken(path);
    if (token)
        qCInfo(lcApp).noquote() << "the admin token is in" << path;
    else
        qCWarning(lcApp).noquote() << token.error().text << "- until then nothing can be changed through the admin port";
    return token ? token.value() : newSecret();
}

std::shared_ptr<DoorKeeper> Gateway::Rooms::doorKeeper(const DoorConfig &config)
{
    auto made = DoorKeeper::make(config);
    if (made)
        return made.value();
    m_failure = StartFailure{made.error().text, exitBadConfiguration};
    return {};
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

std::optional<StartFailure> Gateway::Rooms::loadTls()
{
    for (auto *port : {&m_tls, &m_adminTls}) {
        if (const auto fault = port->load())
            return StartFailure{fault->text, fault->isPermission ? exitNotPermitted : exitBadConfiguration};
    }
    return {};
}

std::optional<StartFailure> Gateway::Rooms::openTokens()
{
    if (!m_tokens)
        return {};
    if (const auto opened = m_tokens->open(); !opened)
        return StartFailure{QStringLiteral("tokens cannot be checked: %1").arg(opened.error().text), exitBadConfiguration};
    return {};
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

void Gateway::Rooms::reload()
{
    qCInfo(lcApp, "certificates, keys and lists are read anew");
    for (auto *port : {&m_tls, &m_adminTls}) {
        if (const auto fault = port->load())
            qCWarning(lcApp).noquote() << fault->text << "(the certificate of before stays in force)";
    }
    if (m_tokens)
        m_tokens->reload();
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
