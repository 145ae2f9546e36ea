// Consumer: an ordered consumer of the stream (ephemeral, no acks, flow control, heartbeats), read by the delivery.
// Thread: the feed's control thread. Owner: a session; the subscription itself belongs to the connection.
// "Ordered" is done here and not by cnats: a missing delivery, a dropped one or a dead connection ends the consumer
// with a status, and a new session goes on behind the last sequence. cnats 3.4.1 would do it on threads of its own
// that nobody can stop, and only after two missed heartbeats.
#pragma once

#include "core/feed/acksubject.h"
#include "core/feed/connection.h"

namespace odin {

/// Where reading begins.
struct ConsumerStart
{
    static ConsumerStart lastPerSubject() { return {js_DeliverLastPerSubject, 0, 0}; }
    static ConsumerStart atSeq(Seq seq) { return {js_DeliverByStartSequence, seq, 0}; }
    static ConsumerStart atTime(qint64 ns) { return {js_DeliverByStartTime, 0, ns}; }

    jsDeliverPolicy policy = js_DeliverAll;
    Seq seq = 0;
    qint64 ns = 0;
};

struct ConsumerProgress
{
    Seq sent = 0; ///< deliveries that the server has made
    quint64 pending = 0; ///< messages that it has not sent yet
};

class Consumer
{
public:
    explicit Consumer(Connection &connection) : m_connection(connection) {}

    /// Makes the consumer, of every subject of the stream or of one.
    natsStatus open(const QByteArray &stream, const ConsumerStart &start, jsErrCode &code, const QByteArray &subject = ">");
    /// Asks the server how far it is (blocks); NATS_NOT_FOUND: the consumer is gone.
    natsStatus progress(ConsumerProgress &into, std::chrono::milliseconds wait, jsErrCode &code);
    /// The next delivery. NATS_TIMEOUT: nothing came within `wait`; anything else but NATS_OK ends this consumer:
    /// NATS_MISMATCH and NATS_SLOW_CONSUMER when deliveries are missing, NATS_CONNECTION_CLOSED.
    natsStatus next(NatsMsgPtr &message, Delivery &delivery, std::chrono::milliseconds wait);
    /// A delivery waits to be taken by next().
    bool hasMore() const;
    /// No more deliveries; tells the server.
    void close();

    Seq received() const { return m_received; }

private:
    Connection &m_connection;
    natsSubscription *m_subscription = nullptr;
    Seq m_received = 0; // deliveries so far
};

} // namespace odin
