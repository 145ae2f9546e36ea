#include "simulator/network/proxyconnection.h"

#include "core/model/limits.h"

#include <algorithm>

namespace odin {

namespace {

Shape shapeOf(const Faults &faults, Stall direction)
{
    return {faults.delay, faults.jitter, faults.bytesPerSecond,
            faults.stall == direction || faults.stall == Stall::Both};
}

} // namespace

ProxyConnection::ProxyConnection(ConnectionId id, int client, int target, const Faults &faults, quint32 seed)
    : m_id(id),
      m_client(client, [this] { look(); }),
      m_target(target, [this] { look(); }),
      m_clientPort(m_client.peerPort()),
      m_up(m_client, m_target, 2 * seed + 1),
      m_down(m_target, m_client, 2 * seed + 2)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ProxyConnection::look);
    setFaults(faults);
    m_target.watchWriting(true);
    m_timer.start(limits::proxyConnectMsMax);
}

void ProxyConnection::setFaults(const Faults &faults)
{
    const auto now = SteadyTime::clock::now();
    m_faults = faults;
    m_up.setShape(shapeOf(faults, Stall::Up), now);
    m_down.setShape(shapeOf(faults, Stall::Down), now);
    if (m_state == State::Open)
        pump();
}

void ProxyConnection::cut() { finish(End::Reset); }

void ProxyConnection::halfOpen()
{
    if (m_state == State::Ended)
        return;
    m_state = State::HalfOpen;
    rest();
}

ProxiedConnection ProxyConnection::info() const
{
    return {m_id,
            m_clientPort,
            m_faults,
            m_state == State::HalfOpen,
            m_up.writtenBytes(),
            m_down.writtenBytes(),
            m_up.heldBytes(),
            m_down.heldBytes()};
}

void ProxyConnection::look()
{
    if (m_state == State::Connecting)
        connectTarget();
    else if (m_state == State::Open)
        pump();
}

void ProxyConnection::connectTarget()
{
    if (!m_target.isConnected()) {
        finish(End::Unreachable);
    } else {
        m_state = State::Open;
        pump();
    }
}

void ProxyConnection::pump()
{
    const auto now = SteadyTime::clock::now();
    if (!isOver(m_up.pump(now), m_down.pump(now), now))
        watch(now);
}

bool ProxyConnection::isOver(Relay::State up, Relay::State down, SteadyTime now)
{
    if (up == Relay::State::Deaf)
        m_down.loseSource(now);
    if (down == Relay::State::Deaf)
        m_up.loseSource(now);
    const bool bothGone = up == Relay::State::Deaf && down == Relay::State::Deaf;
    if (bothGone || up == Relay::State::Reset || down == Relay::State::Reset)
        finish(End::Reset);
    else if (up == Relay::State::Finished && down == Relay::State::Finished)
        finish(End::Closed);
    return m_state == State::Ended;
}

void ProxyConnection::watch(SteadyTime now)
{
    m_client.watchReading(m_up.wantsToRead());
    m_target.watchReading(m_down.wantsToRead());
    m_client.watchWriting(m_down.wantsToWrite());
    m_target.watchWriting(m_up.wantsToWrite());
    const auto up = m_up.next(), down = m_down.next();
    const auto due = std::min(up.value_or(SteadyTime::max()), down.value_or(SteadyTime::max()));
    if (due == SteadyTime::max())
        m_timer.stop();
    else
        m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(std::max(due - now, SteadyTime::duration::zero())));
}

void ProxyConnection::rest()
{
    m_timer.stop();
    for (auto *socket : {&m_client, &m_target}) {
        socket->watchReading(false);
        socket->watchWriting(false);
    }
}

void ProxyConnection::finish(End end)
{
    if (m_state == State::Ended)
        return;
    m_state = State::Ended;
    m_timer.stop();
    for (auto *socket : {&m_client, &m_target})
        end == End::Closed ? socket->close() : socket->abort();
    Q_EMIT ended(end);
}

} // namespace odin
