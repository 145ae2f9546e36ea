// Delivery: gets one message after the other acknowledged by the bus, however often that takes within a bound.
// Thread: deliver() on one thread; counters from any. Owner: the MarketSimulator.
#pragma once

#include "core/flow/buspublisher.h"
#include "core/model/limits.h"
#include "simulator/market/messagesource.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace odin {

class Delivery
{
public:
    /// The publisher must outlive the delivery. `patience`: for all tries of one message together.
    explicit Delivery(BusPublisher &publisher, std::chrono::milliseconds patience = limits::simulatorRetryMsMax);

    /// Publishes; on failure again, with the same id and bytes, until acknowledged, out of patience or stopped.
    void deliver(const BusMessage &message, const std::stop_token &stop);

    quint64 acknowledged() const { return m_acknowledged; }
    /// Messages given up. One that stop() cut short is in neither count.
    quint64 givenUp() const { return m_givenUp; }

private:
    void failed(const QString &why);
    void succeeded();
    void pause(std::chrono::milliseconds time, const std::stop_token &stop);

    BusPublisher &m_publisher;
    const std::chrono::milliseconds m_patience;
    std::atomic<quint64> m_acknowledged{0};
    std::atomic<quint64> m_givenUp{0};

    // Delivering thread only
    bool m_outage = false; // has been logged
    quint64 m_givenUpBefore = 0;
    std::mutex m_mutex;    // guards nothing: the condition variable, which only a stop ends early, needs one
    std::condition_variable_any m_pause;
};

} // namespace odin
