#include "simulator/swarm/swarm.h"

#include <sys/resource.h>

namespace odin::swarm {

Swarm::Swarm(const Plan &plan) : m_plan(plan)
{
    for (int i = 0; i < m_plan.threads; ++i)
        m_workers.push_back(std::make_unique<Worker>(m_plan, i));
}

void Swarm::setClients(int clients)
{
    m_clients = std::max(m_clients, clients);
    for (int i = 0; i < m_plan.threads; ++i)
        m_workers[std::size_t(i)]->setClients((m_clients + m_plan.threads - 1 - i) / m_plan.threads);
}

Totals Swarm::totals() const
{
    Totals sum;
    for (const auto &each : totalsByWorker())
        sum += each;
    return sum;
}

std::vector<Totals> Swarm::totalsByWorker() const
{
    std::vector<Totals> all;
    for (const auto &worker : m_workers)
        all.push_back(worker->totals());
    return all;
}

Result<Done> allowClients(int clients)
{
    constexpr rlim_t others = 60; // descriptors that are no clients
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur >= rlim_t(clients) + others)
        return Done{};
    return Error{QStringLiteral("%1 clients need as many open files, and this system allows %2: try fewer, or several at a time of this program")
                     .arg(clients).arg(limit.rlim_cur)};
}

} // namespace odin::swarm
