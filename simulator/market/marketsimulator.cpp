#include "simulator/market/marketsimulator.h"

#include "simulator/market/payload.h"

#include <pthread.h>

namespace odin {

namespace {

using Clock = std::chrono::steady_clock;

} // namespace

MarketSimulator::MarketSimulator(MarketConfig config, BusPublisher &publisher)
    : m_config(std::move(config))
    , m_delivery(publisher)
{
}

MarketSimulator::~MarketSimulator() { stop(); }

Result<Done> MarketSimulator::start()
{
    stop();
    auto source = makeMessageSource(m_config, newRunId(), Clock::now());
    if (!source)
        return source.error();
    {
        const std::lock_guard lock(m_mutex);
        m_source = std::move(source.value());
        m_started = true;
    }
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
    return Done{};
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
    status.seed = m_config.seed;
    status.published = m_delivery.acknowledged();
    status.failed = m_delivery.givenUp();
    const std::lock_guard lock(m_mutex);
    if (m_source) {
        status.running = m_started && m_source->next().has_value();
        status.tokens = m_source->tokens();
    }
    return status;
}

bool MarketSimulator::setTokenOn(const QByteArray &token, bool on)
{
    const std::lock_guard lock(m_mutex);
    const bool known = m_source && m_source->setTokenOn(token, on, Clock::now());
    m_changed = true;
    m_wake.notify_one();
    return known;
}

bool MarketSimulator::setInterval(const QByteArray &token, std::chrono::milliseconds min,
                                  std::chrono::milliseconds max)
{
    const std::lock_guard lock(m_mutex);
    const bool set = Interval{min, max}.isValid() && m_source && m_source->setInterval(token, min, max, Clock::now());
    m_changed = true;
    m_wake.notify_one();
    return set;
}

void MarketSimulator::run(const std::stop_token &stop)
{
    pthread_setname_np(pthread_self(), "odin-market");
    while (!stop.stop_requested()) {
        for (const auto &message : waitForDue(stop))
            m_delivery.deliver(message, stop); // without the lock: commands and status never wait for the bus
    }
}

// Empty when a stop or a command came first, or there was nothing to say.
std::vector<BusMessage> MarketSimulator::waitForDue(const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    m_changed = false;
    const auto changed = [this] { return m_changed; };
    if (const auto due = m_source->next(); !due)
        m_wake.wait(lock, stop, changed);
    else if (*due > Clock::now())
        m_wake.wait_until(lock, stop, *due, changed);
    return stop.stop_requested() ? std::vector<BusMessage>() : m_source->take(Clock::now(), wallMs());
}

} // namespace odin
