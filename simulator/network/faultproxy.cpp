#include "simulator/network/faultproxy.h"

#include "core/model/limits.h"
#include "simulator/network/proxylistener.h"

#include <unistd.h>

#include <algorithm>

namespace odin {

namespace {

Faults bounded(Faults faults)
{
    constexpr std::chrono::milliseconds none{0};
    faults.delay = std::clamp(faults.delay, none, limits::proxyDelayMsMax);
    faults.jitter = std::clamp(faults.jitter, none, limits::proxyDelayMsMax);
    faults.bytesPerSecond = std::max<qint64>(faults.bytesPerSecond, 0);
    return faults;
}

// So that its end is a reset, as every other that the proxy makes.
void reset(int descriptor)
{
    ProxySocket(descriptor, [] {}).abort();
}

} // namespace

FaultProxy::FaultProxy(quint32 seed, QObject *parent)
    : QObject(parent), m_seed(seed), m_listener(std::make_unique<ProxyListener>(this))
{
    connect(m_listener.get(), &ProxyListener::accepted, this, &FaultProxy::admit);
}

FaultProxy::~FaultProxy() { close(); }

Result<Done> FaultProxy::open(quint16 port, const ProxyTarget &target)
{
    close();
    m_target = target;
    return m_listener->open(port);
}

void FaultProxy::close()
{
    m_listener->close();
    cutAll();
}

quint16 FaultProxy::port() const { return m_listener->port(); }

void FaultProxy::setFaults(const Faults &faults)
{
    m_faults = bounded(faults);
    for (auto *connection : all())
        connection->setFaults(m_faults);
}

bool FaultProxy::setFaults(ConnectionId id, const Faults &faults)
{
    auto *connection = find(id);
    if (connection)
        connection->setFaults(bounded(faults));
    return connection != nullptr;
}

Result<Done> FaultProxy::setRefusing(bool refusing)
{
    if (!refusing)
        return m_listener->accept();
    m_listener->refuse();
    return Done{};
}

bool FaultProxy::cut(ConnectionId id)
{
    auto *connection = find(id);
    if (!connection)
        return false;
    ++m_counters.cut;
    connection->cut();
    return true;
}

void FaultProxy::cutAll()
{
    for (const auto *connection : all())
        cut(connection->info().id);
}

bool FaultProxy::halfOpen(ConnectionId id)
{
    auto *connection = find(id);
    if (!connection || connection->info().isHalfOpen)
        return connection != nullptr;
    ++m_counters.halfOpened;
    connection->halfOpen();
    return true;
}

void FaultProxy::halfOpenAll()
{
    for (const auto *connection : all())
        halfOpen(connection->info().id);
}

std::vector<ProxiedConnection> FaultProxy::connections() const
{
    std::vector<ProxiedConnection> list;
    for (const auto *connection : all())
        list.push_back(connection->info());
    return list;
}

ProxyCounters FaultProxy::counters() const
{
    auto counters = m_counters;
    for (const auto &connection : connections()) {
        counters.upBytes += connection.upBytes;
        counters.downBytes += connection.downBytes;
    }
    return counters;
}

void FaultProxy::admit(int client)
{
    ++m_counters.accepted;
    if (m_connections.size() >= limits::proxyConnectionsMax) {
        ++m_counters.overCapacity;
        return reset(client);
    }
    const auto target = ProxySocket::connecting(m_target.host, m_target.port);
    if (!target) {
        ++m_counters.unreachable;
        return reset(client);
    }
    const auto id = ++m_lastId;
    auto *connection = new ProxyConnection(id, client, target.value(), m_faults, m_seed + quint32(id));
    connection->setParent(this);
    m_connections.emplace(id, connection);
    connect(connection, &ProxyConnection::ended, this, [this, id](auto end) { forget(id, end); });
}

void FaultProxy::forget(ConnectionId id, ProxyConnection::End end)
{
    auto *connection = find(id);
    const auto info = connection->info();
    m_counters.upBytes += info.upBytes;
    m_counters.downBytes += info.downBytes;
    m_counters.unreachable += end == ProxyConnection::End::Unreachable;
    m_connections.erase(id);
    connection->deleteLater(); // it is among our callers
}

ProxyConnection *FaultProxy::find(ConnectionId id) const
{
    const auto found = m_connections.find(id);
    return found == m_connections.end() ? nullptr : found->second;
}

std::vector<ProxyConnection *> FaultProxy::all() const
{
    std::vector<ProxyConnection *> list;
    for (const auto &[_, connection] : m_connections)
        list.push_back(connection);
    return list;
}

} // namespace odin
