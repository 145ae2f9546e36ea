// Session: one client's WebSocket: what it wants, and writing to it without QtWebSockets' cost per message.
// Thread: its shard's. Owner: the shard.
#pragma once

#include "core/model/closereason.h"
#include "core/model/limits.h"
#include "core/model/types.h"
#include "core/shard/subscription.h"

#include <QByteArray>
#include <QPointer>
#include <QTcpSocket>
#include <QWebSocket>

#include <memory>

namespace odin {

class Session
{
public:
    enum class Write { Direct, Queued, TooSlow, Broken };

    Session(QByteArray id, QWebSocket *webSocket, QTcpSocket *tcp);
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    /// Complete frames. Without backlog they go straight to the kernel and only the unsent rest into the socket's
    /// buffer; behind a backlog they queue, in order. Above limits::backlogBytesMax nothing is taken (TooSlow).
    Write write(const QByteArray &frames);
    /// A message to this client alone. The largest one that waits does not count as slowness: a snapshot of all tokens
    /// can be larger than the whole limit.
    Write sendText(QByteArrayView payload);

    void sendPing();
    /// A pong came: measures the round trip.
    void pongReceived();
    double roundTripMs() const { return m_roundTripMs; }
    int pingsUnanswered() const { return m_pingsUnanswered; }

    /// Says why, then waits for the client to go. One that does not is for the shard to abort().
    void close(CloseReason reason);
    void abort();

    const QByteArray &id() const { return m_id; }
    QWebSocket *webSocket() const { return m_webSocket; }
    qint64 backlogBytes() const { return m_tcp ? m_tcp->bytesToWrite() : 0; }
    bool isTooSlow() const { return backlogBytes() > backlogBytesMax(); }

    // What the shard keeps with it.
    Subscription subscription;
    void *cohort = nullptr;         ///< where it is in Cohorts
    std::size_t cohortIndex = 0;
    std::size_t index = 0;          ///< its place in the shard's list
    int commandErrors = 0;
    double commandBudget = 0;       ///< token bucket of commands, and when it was filled last
    SteadyTime commandBudgetAt;
    SteadyTime closingSince;        ///< set once a close frame was sent
    bool isClosing = false;
    bool isDoomed = false;          ///< will be cut when the work under way is done

private:
    qint64 backlogBytesMax() const { return qint64(limits::backlogBytesMax) + m_replyBytes; }
    Write queue(const char *data, qint64 size);
    void linger();

    const QByteArray m_id;
    QWebSocket *const m_webSocket;  // owned
    QPointer<QTcpSocket> m_tcp;     // deleted by QtWebSockets when it disconnects
    const int m_descriptor;
    qint64 m_replyBytes = 0;        // of the largest reply since the backlog was empty
    SteadyTime m_pingAt;
    int m_pingsUnanswered = 0;
    double m_roundTripMs = 0;
};

} // namespace odin
