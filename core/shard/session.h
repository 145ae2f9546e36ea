// Session: one client's WebSocket: what it wants, and writing to it without QtWebSockets' cost per message.
// Thread: its shard's. Owner: the shard.
#pragma once

#include "core/base/ratebudget.h"
#include "core/model/closereason.h"
#include "core/model/limits.h"
#include "core/model/types.h"
#include "core/shard/catchup.h"
#include "core/shard/clientsocket.h"
#include "core/shard/frametrail.h"
#include "core/shard/inboundwatch.h"
#include "core/shard/guest.h"
#include "core/shard/subscription.h"
#include "core/shard/thinner.h"

#include <QByteArray>
#include <QPointer>
#include <QWebSocket>

#include <memory>
#include <span>

namespace odin {

class Session
{
public:
    enum class Write { Direct, Queued, Held, TooSlow, Broken };

    Session(QByteArray id, QWebSocket *webSocket, ClientSocket *tcp, const Guest &guest);
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    /// Complete frames. Without backlog they go straight to the kernel and only the unsent rest into the socket's
    /// buffer; behind a backlog they queue, in order. Above limits::backlogBytesMax nothing is taken (TooSlow).
    Write write(const QByteArray &frames);
    /// Updates, in `batch` as bytes and in `frames` one by one. Held back in the thinner while the client is slow (mode
    /// auto) or until its next turn (mode latest); takeHeld() gives what is due of that.
    Write deliver(const QByteArray &batch, std::span<const FramePtr> frames);
    /// Holds frames back whatever the backlog is, until takeHeld() has given them.
    void hold(std::span<const FramePtr> frames);
    /// Held frames whose time has come and for which there is room, some at a time; empty when there is nothing.
    Thinner::Batch takeHeld(SteadyTime now);
    void dropHeld(const TokenSelection &selection) { m_thinner.drop(selection); }
    /// Some frames wait for their turn only.
    bool isPacing() const { return m_pace.mode == Mode::Latest && !m_thinner.isEmpty(); }
    bool isThinning() const { return m_isThinning; }
    /// Updates that were replaced by newer ones since the last call.
    std::uint64_t takeConflated() { return std::exchange(m_conflated, 0); }

    /// What the client gets: what it asked for, within its operator's limit.
    const Pace &pace() const { return m_pace; }
    const Pace &askedPace() const { return m_asked; }
    void setPace(const Pace &asked);
    /// An operator's: from now on as mode latest with at most this maxHz, whatever the client asks for; nothing: as it asks.
    void setLimit(std::optional<double> maxHz);
    std::optional<double> limitHz() const { return m_limitHz; }

    /// What went out as updates: how many frames, and their bytes.
    void noteSent(std::span<const FramePtr> frames, qsizetype bytes)
    {
        m_updatesSent += frames.size();
        m_bytesSent += quint64(bytes);
        if (trail)
            trail->add(frames, wallMs());
    }
    quint64 updatesSent() const { return m_updatesSent; }
    quint64 bytesSent() const { return m_bytesSent; }
    quint64 conflated() const { return m_conflatedEver; }
    quint64 heldFrames() const { return m_thinner.frames(); }

    /// A message to this client alone. The largest one that waits does not count as slowness: a snapshot of all tokens
    /// can be larger than the whole limit.
    Write sendText(QByteArrayView payload);
    /// The same with a frame that is made already.
    Write sendReply(const QByteArray &frame);

    void sendPing();
    /// A pong came: measures the round trip. False when nobody had asked for it.
    bool pongReceived();
    SteadyTime::duration roundTrip() const { return m_roundTrip; }
    double roundTripMs() const { return std::chrono::duration<double, std::milli>(m_roundTrip).count(); }
    int pingsUnanswered() const { return m_pingsUnanswered; }

    /// Judges each frame before QtWebSockets has it, and until it is closed.
    void watchInbound(InboundWatch::Judge judge);
    /// A message or control frame has been on its way for too long.
    bool isTrickling(SteadyTime now) const;

    /// Says why, then waits for the client to go. One that does not is for the shard to abort().
    void close(CloseReason reason);
    void abort();

    const QByteArray &id() const { return m_id; }
    const QByteArray &address() const { return m_address; }
    quint16 port() const { return m_port; }
    qint64 sinceMs() const { return m_sinceMs; }
    QWebSocket *webSocket() const { return m_webSocket; }
    ClientSocket *tcp() const { return m_tcp; }
    qint64 backlogBytes() const { return m_tcp ? m_tcp->bytesToWrite() : 0; }
    bool hasRoom() const { return backlogBytes() < qint64(limits::backlogHighBytes); }
    bool isDrained() const { return backlogBytes() < qint64(limits::backlogLowBytes); }
    /// The backlog fell below its lower mark.
    void noteDrained() { m_fullSince.reset(); }
    /// Takes note of how full the backlog is. True when it is over its bound, or was not drained for too long.
    bool isTooSlow(SteadyTime now);

    // What the shard keeps with it.
    Subscription subscription;
    SteadyTime subscribedAt;        ///< since then it is live with this subscription
    std::unique_ptr<CatchUp> catchUp; ///< while it resumes; then it is in no cohort
    bool isWatched = false;         ///< the shard is told when the backlog shrinks
    void *cohort = nullptr;         ///< where it is in Cohorts
    std::size_t cohortIndex = 0;
    std::size_t index = 0;          ///< its place in the shard's list
    quint64 ordinal = 0;            ///< its id as a number
    struct Counted
    {
        quint64 updates = 0;
        SteadyTime at;
    } counted;                      ///< when an operator's list was made last
    std::unique_ptr<FrameTrail> trail; ///< while an operator looks at this client
    quint64 commands = 0;
    int commandErrors = 0;
    RateBudget commandBudget;
    RateBudget controlBudget;
    RateBudget pieceBudget;
    RateBudget historyBudget;
    RateBudget resumeBudget;
    Guest guest;                    ///< who it is, as far as it is known
    qint64 tokenAcceptedMs = 0;     ///< wall clock: when its newest token was
    bool isExpiryTold = false;      ///< of that token
    SteadyTime closingSince;        ///< set once a close frame was sent
    bool isClosing = false;
    bool isDoomed = false;          ///< will be cut when the work under way is done

private:
    qint64 backlogBytesMax() const { return qint64(limits::backlogBytesMax) + m_replyBytes; }
    bool isHolding() const { return m_isThinning || m_pace.mode == Mode::Latest; }
    void linger();
    void applyPace();

    const QByteArray m_id;
    const qint64 m_sinceMs;
    const QByteArray m_address;     // text without the port
    const quint16 m_port;
    QWebSocket *const m_webSocket;  // owned
    QPointer<ClientSocket> m_tcp;     // deleted by QtWebSockets when it disconnects
    QPointer<InboundWatch> m_inbound; // with it
    qint64 m_replyBytes = 0;        // of the largest reply since the backlog was empty
    Thinner m_thinner;
    Pace m_asked;
    std::optional<double> m_limitHz;
    Pace m_pace;                    // of these two
    quint64 m_updatesSent = 0;
    quint64 m_bytesSent = 0;
    quint64 m_conflatedEver = 0;
    bool m_isThinning = false;      // until the backlog is drained and nothing is held any more
    std::uint64_t m_conflated = 0;
    SteadyTime m_turn;              // mode latest: not before
    std::optional<SteadyTime> m_fullSince; // when the backlog was drained last
    SteadyTime m_pingAt;
    int m_pingsUnanswered = 0;
    SteadyTime::duration m_roundTrip{0};
};

} // namespace odin
