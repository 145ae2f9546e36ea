// MarketSimulator: publishes simulated prices, or the trades of a file, as any publisher does.
// Thread: start() and stop() on any one thread, the rest from any; the work runs on its own thread "odin-market".
// Owner: the composition that also owns the publisher.
#pragma once

#include "core/flow/buspublisher.h"
#include "core/flow/simulatorcontrol.h"
#include "simulator/market/delivery.h"
#include "simulator/market/marketconfig.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace odin {

class MarketSimulator final : public SimulatorControl
{
public:
    /// The publisher must outlive the simulator.
    MarketSimulator(MarketConfig config, BusPublisher &publisher);
    /// Stops and waits.
    ~MarketSimulator() override;

    /// Starts anew: prices at their beginning, all tokens on. Fails on a bad configuration or an unreadable file.
    Result<Done> start();
    /// Nothing is published after it returns. Waits at most for one blocked publish (busPublishMsMax).
    void stop();

    /// running: started, and something is on. The tokens stay known after stop().
    SimulatorStatus status() const override;
    bool setTokenOn(const QByteArray &token, bool on) override;
    bool setInterval(const QByteArray &token, std::chrono::milliseconds min, std::chrono::milliseconds max) override;

private:
    void run(const std::stop_token &stop);
    std::vector<BusMessage> waitForDue(const std::stop_token &stop);

    const MarketConfig m_config;
    Delivery m_delivery;

    mutable std::mutex m_mutex;
    std::unique_ptr<MessageSource> m_source; // guarded by m_mutex; null before the first start
    bool m_started = false;                  // guarded by m_mutex
    bool m_changed = false;                  // guarded by m_mutex: by a command; the thread must look again
    std::condition_variable_any m_wake;

    std::jthread m_thread; // last: it ends before what it uses
};

} // namespace odin
