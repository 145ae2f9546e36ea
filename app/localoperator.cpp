#include "app/localoperator.h"

#include "core/base/log.h"
#include "core/stats/clientdirectory.h"

#include <QUrl>

#include <csignal>
#include <unistd.h>

namespace odin {

namespace {

GatewayConfig gatewayConfig(const Options &options)
{
    return {.listen = options.listen,
            .admin = options.admin,
            .natsUrls = options.natsUrls,
            .stateFolder = options.stateFolder,
            .webRoot = options.webRoot,
            .shards = options.shards,
            .auth = options.auth,
            .door = options.door,
            .tls = options.tls,
            .adminTls = options.adminTls,
            .bus = options.busSecurity};
}

MarketConfig marketConfig(const Options &options)
{
    MarketConfig config{.tokens = options.tokens,
                        .seed = options.seed,
                        .interval = {options.intervalMin, options.intervalMax},
                        .intervals = {},
                        .replay = {}};
    if (!options.replayFile.isEmpty())
        config.replay = ReplayConfig{.path = options.replayFile, .speed = options.replaySpeed};
    return config;
}

QString withoutCredentials(const QString &text)
{
    QUrl url(text);
    url.setUserInfo({});
    return url.toString();
}

} // namespace

LocalOperator::LocalOperator(Options options)
    : m_options(std::move(options)), m_settings(m_options), m_gateway(gatewayConfig(m_options), events())
{
    m_gateway.setSimulated(m_options.simulate);
}

LocalOperator::~LocalOperator() { stop(); }

Gateway::Events LocalOperator::events()
{
    Gateway::Events events;
    events.serving = [this] { QMetaObject::invokeMethod(this, &LocalOperator::serving, Qt::QueuedConnection); };
    events.busLive = [this](const QStringList &urls) {
        QMetaObject::invokeMethod(this, [this, urls] { startSimulator(urls); }, Qt::QueuedConnection);
    };
    events.simulator = [this] { return simulatorStatus(); };
    events.stopAsked = [] { ::kill(::getpid(), SIGTERM); }; // as if it had come from outside
    return events;
}

std::optional<StartFailure> LocalOperator::start() { return m_gateway.start(); }

void LocalOperator::stop()
{
    if (m_simulator)
        m_simulator->stop(); // first: what it publishes after the clients are gone helps nobody
    m_gateway.stop();
}

void LocalOperator::startSimulator(const QStringList &busUrls)
{
    if (!m_options.simulate)
        return;
    const std::lock_guard lock(m_mutex);
    m_publisher = std::make_unique<Publisher>(busUrls, m_options.busSecurity);
    m_simulator = std::make_unique<MarketSimulator>(marketConfig(m_options), *m_publisher);
    if (const auto started = m_simulator->start(); !started)
        qCCritical(lcSim).noquote() << started.error().text;
}

std::optional<SimulatorStatus> LocalOperator::simulatorStatus() const
{
    const std::lock_guard lock(m_mutex);
    return m_simulator ? std::optional(m_simulator->status()) : std::nullopt;
}

Result<Done> LocalOperator::changeSimulated(const QByteArray &token, const SimulatedTokenChange &change)
{
    const std::lock_guard lock(m_mutex);
    return m_simulator ? m_simulator->changeToken(token, change) : Result<Done>(notSimulating());
}

Result<Done> LocalOperator::simulate(const SimulatorCommand &command)
{
    const std::lock_guard lock(m_mutex);
    return m_simulator ? m_simulator->command(command) : Result<Done>(notSimulating());
}

// Nothing but --simulate makes a simulator, so that no click publishes on a bus that carries real prices.
Error LocalOperator::notSimulating() const
{
    return {m_options.simulate ? QStringLiteral("The simulator starts as soon as NATS is connected.")
                               : QStringLiteral("No simulator runs in this program: start it with --simulate.")};
}

ClientListingPtr LocalOperator::clients(const ClientQuery &query) { return m_gateway.clients().clients(query); }

ClientDetailsPtr LocalOperator::client(const QByteArray &id) { return m_gateway.clients().client(id); }

void LocalOperator::disconnectClient(const QByteArray &id, Answer answer)
{
    m_gateway.clients().disconnectClient(id, std::move(answer));
}

void LocalOperator::limitClient(const QByteArray &id, std::optional<double> maxHz, Answer answer)
{
    m_gateway.clients().limitClient(id, maxHz, std::move(answer));
}

QByteArray LocalOperator::readyLine() const
{
    const auto addresses = m_gateway.addresses();
    QStringList urls;
    for (const auto &url : m_gateway.busUrls())
        urls.append(withoutCredentials(url));
    return QStringLiteral("ready page=%1 ws=%2 admin=%3 nats=%4\n")
        .arg(addresses.page, addresses.ws, addresses.admin, urls.join(QLatin1Char(',')))
        .toUtf8();
}

} // namespace odin
