#include "simulator/market/delivery.h"

#include "core/base/log.h"

#include <algorithm>
#include <utility>

namespace odin {

Delivery::Delivery(BusPublisher &publisher, std::chrono::milliseconds patience)
    : m_publisher(publisher)
    , m_patience(patience)
{
}

void Delivery::deliver(const BusMessage &message, const std::stop_token &stop)
{
    const auto deadline = std::chrono::steady_clock::now() + m_patience;
    auto backOff = limits::busRetryMsMin;
    while (!stop.stop_requested()) {
        const auto result = m_publisher.publish(message.subject, message.payload, message.id);
        if (result.ok())
            return succeeded();
        failed(result.error().text);
        if (std::chrono::steady_clock::now() + backOff > deadline) {
            ++m_givenUp;
            return;
        }
        pause(backOff, stop);
        backOff = std::min(2 * backOff, limits::busRetryMsMax);
    }
}

void Delivery::succeeded()
{
    ++m_acknowledged;
    if (std::exchange(m_outage, false))
        qCInfo(lcSim) << "the bus takes simulated prices again;" << m_givenUp - m_givenUpBefore
                      << "messages were given up meanwhile";
}

void Delivery::failed(const QString &why)
{
    if (std::exchange(m_outage, true))
        return;
    m_givenUpBefore = m_givenUp;
    qCWarning(lcSim).noquote() << "the bus does not take simulated prices, trying again:" << why;
}

void Delivery::pause(std::chrono::milliseconds time, const std::stop_token &stop)
{
    std::unique_lock lock(m_mutex);
    m_pause.wait_for(lock, stop, time, [] { return false; });
}

} // namespace odin
