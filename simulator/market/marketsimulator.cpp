#include "simulator/market/marketsimulator.h"

#include "core/base/log.h"
#include "simulator/market/payload.h"

#include <pthread.h>

#include <utility>

namespace odin {

namespace {

using Clock = std::chrono::steady_clock;

} // namespace

MarketSimulator::MarketSimulator(MarketConfig config, BusPublisher &publisher)
    : m_delivery(publisher), m_config(std::move(config))
{
}

MarketSimulator::~MarketSimulator() { stop(); }

Result<Done> MarketSimulator::start()
{
    stop();
    std::unique_lock lock(m_mutex);
    m_source.reset(); // should the new one not work, nothing of the one before is published
    m_clock = {};
    m_started = true;
    auto config = m_config;
    const auto start = now();
    lock.unlock();
    auto source = makeMessageSource(config, newRunId(), start);
    const auto started = use(std::move(config), std::move(source));
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
    return started;
}

void MarketSimulator::stop()
{
    m_thread = {}; // asks it to stop and joins
    const std::lock_guard lock(m_mutex);
    m_started = false;
}

SimulatorStatus MarketSimulator::status() const
{
    SimulatorStatus status;
    status.published = m_delivery.acknowledged();
    status.failed = m_delivery.givenUp();
    const std::lock_guard lock(m_mutex);
    status.seed = m_config.seed;
    status.paused = m_clock.isPaused();
    status.problem = m_problem;
    if (m_source) {
        status.running = m_started && !status.paused && m_source->next().has_value();
        status.tokens = m_source->tokens(now());
        status.playback = m_source->playback();
    }
    return status;
}

void MarketSimulator::run(const std::stop_token &stop)
{
    pthread_setname_np(pthread_self(), "odin-market");
    while (!stop.stop_requested()) {
        makeWanted();
        for (const auto &message : waitForDue(stop))
            m_delivery.deliver(message, stop); // without the lock: commands and status never wait for the bus
    }
}

/// Without the lock: a thousand tokens live through a past day, or a file is opened that may lie on a slow disk.
void MarketSimulator::makeWanted()
{
    std::unique_lock lock(m_mutex);
    auto wanted = std::exchange(m_wanted, std::nullopt);
    const auto start = now();
    lock.unlock();
    if (!wanted)
        return;
    auto source = makeMessageSource(*wanted, newRunId(), start);
    if (const auto used = use(std::move(*wanted), std::move(source)); !used)
        qCCritical(lcSim).noquote() << used.error().text;
}

/// What cannot be made changes nothing: what there was goes on.
Result<Done> MarketSimulator::use(MarketConfig config, Result<Source> source)
{
    const std::lock_guard lock(m_mutex);
    m_problem = source ? QString() : source.error().text;
    if (!source)
        return source.error();
    m_source = std::move(source.value());
    m_config = std::move(config);
    return Done{};
}

/// Empty when a stop or a command came first, or there was nothing to say.
std::vector<BusMessage> MarketSimulator::waitForDue(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    m_changed = false;
    const auto changed = [this] { return m_changed || m_wanted; };
    const auto due = m_source && !m_clock.isPaused() ? m_source->next() : std::nullopt;
    if (!due)
        m_wake.wait(lock, stop, changed);
    else if (const auto at = m_clock.steady(*due); at > Clock::now())
        m_wake.wait_until(lock, stop, at, changed);
    if (stop.stop_requested() || !m_source || m_clock.isPaused() || m_wanted)
        return {};
    return m_source->take(now(), wallMs());
}

SteadyTime MarketSimulator::now() const { return m_clock.time(Clock::now()); }

} // namespace odin
