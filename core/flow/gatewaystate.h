// What every shard and every HTTP answer is told about the gateway as a whole.
// Thread: atomics and a lock inside, any. Owner: core/gateway; must outlive its readers.
#pragma once

#include "core/flow/counters.h"
#include "core/wire/reply.h"

#include <functional>
#include <mutex>
#include <optional>

namespace odin {

class GatewayState
{
public:
    explicit GatewayState(QByteArray node) : m_node(std::move(node)) {}

    const QByteArray &node() const { return m_node; }
    Census &census() { return m_census; }

    UpstreamStatus upstream() const
    {
        const std::lock_guard lock(m_mutex);
        return m_upstream;
    }
    void setUpstream(const UpstreamStatus &status)
    {
        const std::lock_guard lock(m_mutex);
        m_upstream = status;
    }

    /// Nothing while the managed broker runs, or when the bus is another's.
    std::optional<BrokerRestart> brokerRestart() const
    {
        const std::lock_guard lock(m_mutex);
        return m_brokerRestart;
    }
    void setBrokerRestart(std::optional<BrokerRestart> restart)
    {
        const std::lock_guard lock(m_mutex);
        m_brokerRestart = std::move(restart);
    }

    /// True from start to end while a simulator of our own publishes on this bus, paused or not: what clients are shown
    /// meanwhile, and what they find in the stream, are still its prices.
    bool isSimulated() const { return m_simulated.load(std::memory_order_relaxed); }
    void setSimulated(bool simulated) { m_simulated.store(simulated, std::memory_order_relaxed); }

    /// True from the first sign of shutdown on: not ready, nobody new.
    bool isDraining() const { return m_draining.load(std::memory_order_relaxed); }
    void setDraining() { m_draining.store(true, std::memory_order_relaxed); }

private:
    const QByteArray m_node;
    Census m_census;
    std::atomic<bool> m_simulated{false};
    std::atomic<bool> m_draining{false};
    mutable std::mutex m_mutex;
    UpstreamStatus m_upstream; // guarded by m_mutex, like the next
    std::optional<BrokerRestart> m_brokerRestart;
};

} // namespace odin
