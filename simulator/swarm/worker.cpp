#include "simulator/swarm/worker.h"

#include <pthread.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include <array>

namespace odin::swarm {

namespace {

using std::chrono::steady_clock;

constexpr int waitingMax = 512; // handshakes under way: below every usual listen backlog
constexpr std::size_t bufferBytes = 64 * 1024;
constexpr std::chrono::milliseconds tickEvery{10};
constexpr unsigned ticksPerDeed = 25; // a client may act four times a second

std::int64_t wallMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::int64_t ownCpuMicros()
{
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return used.tv_sec * 1'000'000 + used.tv_nsec / 1'000;
}

} // namespace

Worker::Worker(const Plan &plan, int index)
    : m_plan(plan), m_index(index), m_epoll(::epoll_create1(EPOLL_CLOEXEC)),
      m_workplace{plan, upgradeRequest(plan.target), m_totals, {}, std::string(bufferBytes, '\0'), 0,
                  std::minstd_rand(plan.seed + std::uint32_t(index)), m_epoll, {}, nullptr, {}},
      m_thread([this] { run(); })
{
}

Worker::~Worker()
{
    m_isOver = true;
    m_thread.join();
    m_clients.clear();
    ::close(m_epoll);
}

void Worker::run()
{
    ::pthread_setname_np(::pthread_self(), ("odin-swarm-" + std::to_string(m_index)).c_str());
    m_tickDue = steady_clock::now() + tickEvery;
    while (!m_isOver) {
        connectMore(steady_clock::now());
        wait();
        if (const auto now = steady_clock::now(); now >= m_tickDue)
            tick(now);
    }
}

void Worker::connectMore(Time now)
{
    const bool isLimited = m_plan.connectsPerSecond > 0;
    while (int(m_clients.size()) < m_wanted && m_waiting < waitingMax && (!isLimited || m_allowance >= 1)) {
        m_clients.push_back(std::make_unique<Client>(m_workplace, int(m_clients.size()) * m_plan.threads + m_index));
        m_clients.back()->connect();
        m_waiting += m_clients.back()->isWaiting();
        m_allowance -= isLimited;
        if (now + tickEvery < steady_clock::now())
            return; // those that are connected have waited long enough
    }
}

void Worker::wait()
{
    std::array<epoll_event, 512> events;
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(m_tickDue - steady_clock::now()).count();
    const int count = ::epoll_wait(m_epoll, events.data(), int(events.size()), std::max(0, int(rest)));
    for (int i = 0; i < count; ++i) {
        auto *client = static_cast<Client *>(events[std::size_t(i)].data.ptr);
        const bool wasWaiting = client->isWaiting();
        m_workplace.nowMs = wallMs(); // a client that had to wait for the others before it got its updates late
        client->ready(steady_clock::now());
        m_waiting -= wasWaiting && !client->isWaiting();
    }
}

void Worker::tick(Time now)
{
    m_totals.lateness.record(now - m_tickDue);
    m_totals.set(Count::CpuMicros, ownCpuMicros());
    m_allowance = std::min(m_plan.connectsPerSecond, // never more than a second's at once
                           m_allowance + m_plan.connectsPerSecond / m_plan.threads * std::chrono::duration<double>(tickEvery + now - m_tickDue).count());
    m_tickDue = now + tickEvery;
    m_workplace.nowMs = wallMs();
    m_waiting = 0;
    const auto part = m_ticks++ % ticksPerDeed;
    for (std::size_t i = 0; i < m_clients.size(); ++i) {
        if (i % ticksPerDeed == part)
            m_clients[i]->tick(now);
        m_waiting += m_clients[i]->isWaiting();
    }
}

} // namespace odin::swarm
