#include "simulator/network/relay.h"

#include "core/model/limits.h"

#include <algorithm>
#include <array>

namespace odin {

Relay::Relay(ProxySocket &source, ProxySocket &destination, quint32 seed)
    : m_source(source), m_destination(destination), m_line(seed)
{
}

Relay::State Relay::pump(SteadyTime now)
{
    if (m_state == State::Flowing) {
        fill(now);
        drain(now);
    }
    if (m_state != State::Deaf && m_line.isOver(now))
        arrive();
    return m_state;
}

void Relay::loseSource(SteadyTime now)
{
    m_isSourceLost = true;
    m_line.end(now);
}

std::optional<SteadyTime> Relay::next() const
{
    const bool waits = (m_state == State::Flowing && !m_isBlocked) || (m_state == State::Finished && m_isSourceLost);
    return waits ? m_line.next() : std::nullopt;
}

// One read: what is left makes the source readable again, and others get their turn.
void Relay::fill(SteadyTime now)
{
    std::array<char, limits::proxyReadBytesMax> buffer; // filled by what is read
    const auto size = std::min(m_line.room(), buffer.size());
    if (size == 0)
        return;
    const auto got = m_source.receive(buffer.data(), size);
    m_line.put({buffer.data(), qsizetype(got.bytes)}, now);
    if (got.state == ProxySocket::State::Ended)
        m_line.end(now);
    if (got.state == ProxySocket::State::Broken)
        loseSource(now);
}

void Relay::drain(SteadyTime now)
{
    m_isBlocked = false;
    for (auto bytes = m_line.ready(now); !bytes.isEmpty() && !m_isBlocked; bytes = m_line.ready(now)) {
        const auto went = m_destination.send(bytes);
        m_line.sent(went.bytes);
        m_writtenBytes += went.bytes;
        m_isBlocked = went.state == ProxySocket::State::Blocked;
        if (went.state == ProxySocket::State::Broken) {
            m_state = State::Deaf;
            return;
        }
    }
}

void Relay::arrive()
{
    if (m_isSourceLost) {
        m_state = State::Reset;
    } else if (m_state == State::Flowing) {
        m_destination.finish();
        m_state = State::Finished;
    }
}

} // namespace odin
