#include "core/shard/acceptor.h"

#include "core/model/limits.h"
#include "core/shard/listening.h"

#include <unistd.h>

namespace odin {

namespace {

// Some connections beyond the limit are let in to be told so; that uses descriptors too.
constexpr int refusalsMax = limits::descriptorsReserved / 2;

} // namespace

Acceptor::Acceptor(std::vector<std::unique_ptr<Shard>> &shards, Census &census, int connectionsMax)
    : m_shards(shards), m_census(census), m_connectionsMax(connectionsMax)
{
}

Result<Done> Acceptor::open(const QHostAddress &address, quint16 port) { return listenOn(*this, address, port); }

void Acceptor::incomingConnection(qintptr descriptor)
{
    const int connections = m_census.connections.fetch_add(1) + 1;
    if (connections > m_connectionsMax + refusalsMax) {
        ::close(int(descriptor));
        m_census.connections.fetch_sub(1);
        bump(m_cut);
        return;
    }
    const auto admission = connections > m_connectionsMax ? Admission::OverCapacity : Admission::Welcome;
    m_shards[m_next++ % m_shards.size()]->admit(descriptor, admission);
}

} // namespace odin
