// Swarm: many simulated clients against one gateway, on a few threads. What odin-loadtest runs, as a library.
// Thread: any one at a time. Owner: whoever makes it. Its destructor ends all connections.
#pragma once

#include "simulator/swarm/worker.h"

namespace odin::swarm {

class Swarm
{
public:
    explicit Swarm(const Plan &plan);

    /// Connects more until there are so many; never fewer than before. Returns at once.
    void setClients(int clients);
    int clients() const { return m_clients; }

    /// Of all workers since the start. Any thread.
    Totals totals() const;
    /// Of each worker alone. Any thread.
    std::vector<Totals> totalsByWorker() const;

private:
    const Plan m_plan;
    int m_clients = 0;
    std::vector<std::unique_ptr<Worker>> m_workers;
};

/// Raises the soft limit of open files as far as it goes. An error says how many clients it allows.
Result<Done> allowClients(int clients);

} // namespace odin::swarm
