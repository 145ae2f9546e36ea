#include "core/security/doorkeeper.h"

#include "core/model/limits.h"

#include <QSysInfo>

namespace odin {

using std::chrono::steady_clock;

Result<std::shared_ptr<DoorKeeper>> DoorKeeper::make(const DoorConfig &config)
{
    auto hosts = HostRules::of(config.hosts, QSysInfo::machineHostName());
    auto origins = OriginRules::of(config.origins);
    auto balancers = Balancers::of(config.balancers);
    if (!hosts)
        return hosts.error();
    if (!origins)
        return origins.error();
    if (!balancers)
        return balancers.error();
    return std::shared_ptr<DoorKeeper>(new DoorKeeper(config, hosts.value(), origins.value(), balancers.value()));
}

DoorKeeper::DoorKeeper(const DoorConfig &config, HostRules hosts, OriginRules origins, Balancers balancers)
    : m_config(config), m_hosts(std::move(hosts)), m_origins(std::move(origins)), m_balancers(std::move(balancers)),
      m_addresses({config.addressConnections, config.addressConnectsPerSecond, config.failedLoginsPerMinute},
                  limits::addressesMax)
{
}

std::optional<Turnaway> DoorKeeper::arrived(const QHostAddress &address)
{
    if (isExempt(address))
        return {};
    const std::lock_guard lock(m_mutex);
    return m_addresses.arrived(addressKey(address), steady_clock::now());
}

void DoorKeeper::left(const QHostAddress &address)
{
    if (isExempt(address))
        return;
    const std::lock_guard lock(m_mutex);
    m_addresses.left(addressKey(address));
}

std::optional<Turnaway> DoorKeeper::judge(const RequestHead &head, bool isTls) const
{
    if (!m_hosts.admits(head.host))
        return Turnaway::Host;
    return m_origins.admits(head, isTls) ? std::nullopt : std::optional(Turnaway::Origin);
}

std::optional<Turnaway> DoorKeeper::mayLogIn(const QHostAddress &address)
{
    if (isExempt(address))
        return {};
    const std::lock_guard lock(m_mutex);
    return m_addresses.mayLogIn(addressKey(address), steady_clock::now());
}

void DoorKeeper::loginFailed(const QHostAddress &address)
{
    if (isExempt(address))
        return;
    const std::lock_guard lock(m_mutex);
    m_addresses.loginFailed(addressKey(address), steady_clock::now());
}

std::optional<Turnaway> DoorKeeper::unknownArrived()
{
    const bool isTooMany = m_unknowns.fetch_add(1, std::memory_order_relaxed) >= m_config.unknownsMax;
    return isTooMany ? std::optional(Turnaway::Unknowns) : std::nullopt;
}

std::optional<Turnaway> DoorKeeper::userArrived(const QByteArray &subject)
{
    const std::lock_guard lock(m_mutex);
    const bool isTooMany = ++m_users[subject] > m_config.userConnections;
    return isTooMany ? std::optional(Turnaway::UserConnections) : std::nullopt;
}

void DoorKeeper::userLeft(const QByteArray &subject)
{
    const std::lock_guard lock(m_mutex);
    const auto user = m_users.find(subject);
    if (user != m_users.end() && --*user <= 0)
        m_users.erase(user);
}

} // namespace odin
