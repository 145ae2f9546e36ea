// Relay: one direction of a proxied connection: from its source, through a delay line, to its destination.
// Thread: that of its owner. Owner: a ProxyConnection, which also owns both sockets.
#pragma once

#include "simulator/network/delayline.h"
#include "simulator/network/proxysocket.h"

namespace odin {

class Relay
{
public:
    /// Finished: the end of stream was passed on. Reset: a reset has arrived, and both sides must get one.
    /// Deaf: the destination has gone, which the relay of the other direction must be told (loseSource).
    enum class State { Flowing, Finished, Reset, Deaf };

    Relay(ProxySocket &source, ProxySocket &destination, quint32 seed);

    void setShape(const Shape &shape, SteadyTime now) { m_line.setShape(shape, now); }
    /// Moves what can be moved now.
    State pump(SteadyTime now);
    /// The source was reset: known to the destination when all that was on its way has arrived.
    void loseSource(SteadyTime now);

    bool wantsToRead() { return m_state == State::Flowing && m_line.room() > 0; }
    bool wantsToWrite() const { return m_isBlocked; }
    /// When to pump() again without either; nullopt: not before something else happens.
    std::optional<SteadyTime> next() const;

    quint64 writtenBytes() const { return m_writtenBytes; }
    std::size_t heldBytes() const { return m_line.heldBytes(); }

private:
    void fill(SteadyTime now);
    void drain(SteadyTime now);
    void arrive();

    ProxySocket &m_source;
    ProxySocket &m_destination;
    DelayLine m_line;
    State m_state = State::Flowing;
    bool m_isBlocked = false; // the destination does not read
    bool m_isSourceLost = false;
    quint64 m_writtenBytes = 0;
};

} // namespace odin
