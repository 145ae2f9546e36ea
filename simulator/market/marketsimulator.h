// MarketSimulator: publishes simulated prices, or the trades of a file, as any publisher does.
// Thread: start() and stop() on any one thread, the rest from any; the work runs on its own thread "odin-market".
// Owner: the composition that also owns the publisher.
#pragma once

#include "core/flow/buspublisher.h"
#include "core/flow/simulatorcontrol.h"
#include "simulator/market/delivery.h"
#include "simulator/market/marketclock.h"
#include "simulator/market/marketconfig.h"
#include "simulator/market/scenario.h"

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

    /// Starts anew: prices at their beginning, all tokens on. Fails on a bad configuration or an unreadable file; then
    /// it publishes nothing until a command gives it something that can be.
    Result<Done> start();
    /// Nothing is published after it returns. Waits at most for one blocked publish (busPublishMsMax).
    void stop();

    /// running: started, and something is on. The tokens stay known after stop().
    SimulatorStatus status() const override;
    Result<Done> changeToken(const QByteArray &token, const SimulatedTokenChange &change) override;
    Result<Done> command(const SimulatorCommand &command) override;

private:
    using Source = std::unique_ptr<MessageSource>;

    Result<Done> use(MarketConfig config, Result<Source> source);
    void run(const std::stop_token &stop);
    void makeWanted();
    std::vector<BusMessage> waitForDue(const std::stop_token &stop);

    // With m_mutex held
    SteadyTime now() const;
    void changed();
    Result<Done> obey(const SetPublishing &command);
    Result<Done> obey(const RestartSimulation &command);
    Result<Done> obey(const StartScenario &command);
    Result<Done> obey(const EndScenario &command);
    Result<Done> obey(const ListToken &command);
    Result<Done> obey(const PlayFile &command);
    Result<Done> want(MarketConfig config);

    Delivery m_delivery;

    mutable std::mutex m_mutex;
    // Guarded by m_mutex
    MarketConfig m_config;                // of m_source
    Source m_source;                      // null before the first start that worked
    MarketClock m_clock;
    bool m_started = false;
    bool m_changed = false;               // by a command: the thread must look again
    std::optional<MarketConfig> m_wanted; // the thread makes the next source of it: that takes time
    QString m_problem;                    // why the newest source could not be made

    std::condition_variable_any m_wake;

    std::jthread m_thread; // last: it ends before what it uses
};

} // namespace odin
