// The part of Rooms that deals with who may come in: doors, tokens, certificates, and the operators' port.
#include "core/base/log.h"
#include "core/gateway/rooms.h"
#include "core/model/limits.h"
#include "core/security/admintoken.h"

namespace odin {

namespace {

// Under the same names. Its users are few and on this machine, or behind something that asks who they are: no dry run, no
// balancers, and no pages but its own.
DoorConfig adminDoor(const DoorConfig &publicDoor)
{
    DoorConfig door;
    door.hosts = publicDoor.hosts;
    door.addressConnections = limits::adminConnectionsMax;
    door.addressConnectsPerSecond = limits::adminRequestsBurstMax; // what is sustained is the router's matter
    return door;
}

} // namespace

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

void Gateway::Rooms::makeDoors()
{
    m_publicDoor = doorKeeper(m_config.door);
    m_adminDoor = doorKeeper(adminDoor(m_config.door));
}

std::shared_ptr<DoorKeeper> Gateway::Rooms::doorKeeper(const DoorConfig &config)
{
    auto made = DoorKeeper::make(config);
    if (made)
        return made.value();
    m_failure = StartFailure{made.error().text, exitBadConfiguration};
    return {};
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

} // namespace odin
