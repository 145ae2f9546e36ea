// ShardWorker: what runs on a shard's thread: its sessions, their subscriptions, the fan-out of frames to them.
// Thread: confined to the shard's. Owner: Shard (its front object); included by shard.cpp only.
#pragma once

#include "core/base/mailbox.h"
#include "core/base/workerthread.h"
#include "core/flow/clientsource.h"
#include "core/flow/gatewaystate.h"
#include "core/flow/guard.h"
#include "core/flow/pastsource.h"
#include "core/shard/checkpoint.h"
#include "core/shard/cohorts.h"
#include "core/shard/frontdoor.h"
#include "core/shard/session.h"
#include "core/wire/reply.h"

#include <QSocketNotifier>
#include <QTimer>

#include <deque>
#include <map>
#include <memory>
#include <unordered_set>
#include <vector>

namespace odin {

/// What a worker works with; everything outlives it.
struct ShardSurroundings
{
    GatewayState &state;
    ShardCounters &counters;
    Mailbox<FramePtr> &mailbox;
    PastSource &past;
    WorkerThread &thread; ///< its own, to come back to
    Guard guard;
    const TlsPort *tls;
};

class ShardWorker : public QObject
{
    Q_OBJECT
public:
    ShardWorker(int number, const ShardSurroundings &surroundings, std::unique_ptr<HttpPort> http);
    ~ShardWorker() override;

    void admit(qintptr descriptor, Admission admission) { m_door.admit(descriptor, admission); }
    void upstreamChanged(const UpstreamStatus &status);
    void drain(std::chrono::milliseconds retryAfter);
    void closeAll(CloseReason reason);
    void reset();

    // For ClientSource (shardclients.cpp)
    void listClients(ClientSource::RowsAnswer answer);
    std::optional<ClientDetails> readClient(const QByteArray &id);
    bool disconnectClient(const QByteArray &id);
    bool limitClient(const QByteArray &id, std::optional<double> maxHz);

private:
    // Fan-out (shardworker.cpp)
    void pump();
    void pumpEverything();
    void letMailPass();
    std::span<const FramePtr> nextSlice();
    void fanOut(std::span<const FramePtr> frames);
    void remember(const FramePtr &frame);
    void deliver(Cohorts<Session>::Cohort &cohort);
    void recordLatency(std::span<const FramePtr> frames, std::uint64_t sessions);

    // Clients that do not get every frame at once (shardpacing.cpp)
    void watch(Session &session);
    void drained(Session &session);
    void flushHeld(Session &session, SteadyTime now);
    void held(Session &session);
    void takeTurns();
    bool writeUpdates(Session &session, const Thinner::Batch &batch);

    // Clients that come back (shardresume.cpp)
    enum class Verdict { Wait, Recover, Refuse };
    void beginResume(Session &session, std::optional<qint64> id, const SubscribeCommand &subscribe);
    void defer(Session &session, Command command);
    void queue(Session &session);
    void serveResumes();
    void advance(Session &session);
    Verdict judge(const CatchUp &resume, SteadyTime now) const;
    void recover(Session &session);
    void replaySome(Session &session);
    void askPast(Session &session, Seq after);
    void pastCame(const PastRangePtr &range);
    void thinTheRest(Session &session);
    void finishResume(Session &session);
    void refuseResume(Session &session);
    void forgetResume(Session &session);

    // History (shardhistory.cpp)
    struct HistoryWait
    {
        Session *session;
        std::optional<qint64> id;
        HistoryCommand command;
    };
    void historyCame(const QByteArray &token, const TokenHistoryPtr &history);
    void answer(const HistoryWait &wait, const TokenHistoryPtr &history);

    // Clients that an operator looks at (shardclients.cpp)
    quint64 ordinalOf(quint64 sessionNumber) const { return quint64(m_number) << 48 | sessionNumber; }
    Session *find(const QByteArray &id) const;
    void walkClients();
    void beginTrail(Session &session);
    void endTrails(SteadyTime now);

    // Who they are (shardauth.cpp)
    struct Entry;
    bool isUnknown(const Session &session) const;
    void tokenRefused(Session &session, std::optional<qint64> id, Turnaway turnaway, TokenFault fault);
    void noteToken(Session &session);
    void welcomeIn(Session &session);
    void narrow(Session &session);
    TokenSelection readable(const Session &session, const TokenSelection &selection) const;
    std::vector<QByteArray> readableTokens(const Session &session) const;
    std::optional<CloseReason> identityProblem(Entry &entry, SteadyTime now);
    void watchIdentities(SteadyTime now);

    // Sessions (shardsessions.cpp)
    void open(QWebSocket *webSocket, ClientSocket *tcp, const Guest &guest);
    void listenTo(Session &session);
    void greet(Session &session);
    void command(Session &session, QByteArrayView text);
    void obey(Session &session, QByteArrayView text);
    bool withinQuota(RateBudget &budget, double perSecond, double burst);
    void refuse(Session &session, const CommandError &error);
    void act(Session &session, std::optional<qint64> id, const SubscribeCommand &subscribe);
    void act(Session &session, std::optional<qint64> id, const UnsubscribeCommand &unsubscribe);
    void act(Session &session, std::optional<qint64> id, const HistoryCommand &history);
    void act(Session &session, std::optional<qint64> id, const PingCommand &ping);
    void act(Session &session, std::optional<qint64> id, const AuthCommand &auth);
    void changeSubscription(Session &session, const Subscription &subscription);
    void subscribeAfresh(Session &session, std::optional<qint64> id, const SubscribeCommand &subscribe,
                         std::optional<bool> recovered);
    Grant grantOf(const Session &session, Seq seq) const;
    void sendSnapshot(Session &session, const TokenSelection &selection);
    void sendStale(Session &session, const TokenSelection &selection);
    void sendStatus(Session &session);
    void send(Session &session, QByteArrayView text);
    void end(Session &session, CloseReason reason);
    void doom(Session &session, std::optional<CloseReason> reason);
    void cutDoomed();
    void closed(Session &session);
    void count(CloseReason reason);
    void inspect(Session &session, const FrameScanner::Seen &seen);
    void heartbeat();
    void ping(Entry &entry);

    const int m_number;
    GatewayState &m_state;
    ShardCounters &m_counters;
    Mailbox<FramePtr> &m_mailbox;
    PastSource &m_past;
    WorkerThread &m_thread;
    const Guard m_guard;
    Checkpoint m_checkpoint;

    const std::unique_ptr<HttpPort> m_http;
    FrontDoor m_door;
    QSocketNotifier m_mail;
    QTimer m_pace;                          // the rest of limits::coalesceMs
    QTimer m_heartbeat;

    std::vector<FramePtr> m_inbox;          // drained from the mailbox, m_inboxDone of them are fanned out
    std::size_t m_inboxDone = 0;
    SteadyTime m_fanOutAt;                  // start of the last one
    SteadyTime::duration m_fanOutTook{0};   // its length
    SteadyTime m_takenAt;                   // when the inbox was drained from the mailbox
    std::vector<Session *> m_doomed;        // found stuck or broken in the middle of a walk over sessions
    bool m_mayCut = true;                   // false: a session is on the call stack

    struct Entry // dense, so that the heartbeat's walk over 20,000 sessions costs nothing
    {
        std::unique_ptr<Session> session;
        SteadyTime statusDue;
        SteadyTime pingDue;
        SteadyTime identityDue; // SteadyTime::max(): nothing about it ever is
        quint64 ordinal = 0;
        quint64 walked = 0; // the last walk that came by
    };
    std::vector<Entry> m_sessions;
    Cohorts<Session> m_cohorts;

    // As of the last fan-out, so that what is sent from here and what is fanned out never overlap.
    std::map<QByteArray, FramePtr> m_latest;
    std::map<QByteArray, FramePtr> m_stale; // the notice of each token that is silent now
    FrameLog m_ring;
    Seq m_lastSeq = 0;

    std::unordered_set<Session *> m_resuming;
    std::deque<Session *> m_resumeQueue;    // those with work to do; may name sessions that are gone
    QTimer m_resumeTurn;
    bool m_pastAsked = false;
    std::unordered_set<Session *> m_pacing; // mode latest, with something held
    QTimer m_paceTurn;
    std::vector<HistoryWait> m_historyWaits;

    struct ClientWalk // makes a list of clients, a slice at a time
    {
        quint64 number = 0;
        std::size_t left = 0;               // entries in front of this one are still to come
        ClientSource::Rows rows;            // null: none is under way
        std::vector<ClientSource::RowsAnswer> answers;
        QTimer turn;
    } m_walk;
    std::unordered_set<Session *> m_trailed; // their frames are written down

    UpstreamStatus m_upstream;
    quint64 m_sessionsMade = 0;
    quint64 m_tokensRevision = 0;
    unsigned m_beats = 0;
    bool m_draining = false;
};

} // namespace odin
