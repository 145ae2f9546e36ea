// Worker: a thread with an epoll loop of its own and a share of the clients.
// Thread: its own; join() and the setters from its owner's. Owner: the swarm.
#pragma once

#include "simulator/swarm/client.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace odin::swarm {

class Worker
{
public:
    /// Number `index` of plan.threads. `plan` outlives it.
    Worker(const Plan &plan, int index);
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    /// It connects until it has so many clients.
    void setClients(int clients) { m_wanted.store(clients); }
    /// Any thread.
    Totals totals() const { return m_totals.copy(); }

private:
    using Time = Client::Time;

    void run();
    void connectMore(Time now);
    void wait();
    void tick(Time now);

    const Plan &m_plan;
    const int m_index;
    const int m_epoll;
    WorkerTotals m_totals;
    std::atomic<int> m_wanted{0};
    std::atomic<bool> m_isOver{false};

    Workplace m_workplace; // from here on: the worker's thread only
    std::vector<std::unique_ptr<Client>> m_clients;
    double m_allowance = 0; // of connects, with plan.connectsPerSecond
    int m_waiting = 0;      // handshakes under way, as of the last tick or connect
    Time m_tickDue;
    unsigned m_ticks = 0;
    std::thread m_thread;   // last: it uses all of the above
};

} // namespace odin::swarm
