// ShardWorker: what runs on a shard's thread: its sessions, their subscriptions, the fan-out of frames to them.
// Thread: confined to the shard's. Owner: Shard (its front object); included by shard.cpp only.
#pragma once

#include "core/base/mailbox.h"
#include "core/flow/gatewaystate.h"
#include "core/shard/cohorts.h"
#include "core/shard/frontdoor.h"
#include "core/shard/session.h"

#include <QSocketNotifier>
#include <QTimer>

#include <map>
#include <memory>
#include <vector>

namespace odin {

class ShardWorker : public QObject
{
    Q_OBJECT
public:
    ShardWorker(int number, GatewayState &state, ShardCounters &counters, Mailbox<FramePtr> &mailbox,
                std::unique_ptr<HttpPort> http);
    ~ShardWorker() override;

    void admit(qintptr descriptor, Admission admission) { m_door.admit(descriptor, admission); }
    void upstreamChanged(const UpstreamStatus &status);
    void drain(std::chrono::milliseconds retryAfter);
    void closeAll(CloseReason reason);
    void reset();

private:
    // Fan-out (shardworker.cpp)
    void pump();
    std::span<const FramePtr> nextSlice();
    void fanOut(std::span<const FramePtr> frames);
    void deliver(Cohorts<Session>::Cohort &cohort);
    void recordLatency(const std::vector<const Frame *> &frames, std::uint64_t sessions);

    // Sessions (shardsessions.cpp)
    void open(QWebSocket *webSocket, QTcpSocket *tcp, const TokenSelection &selection);
    void command(Session &session, QByteArrayView text);
    bool withinBudget(Session &session);
    void refuse(Session &session, const CommandError &error);
    void act(Session &session, std::optional<qint64> id, const SubscribeCommand &subscribe);
    void act(Session &session, std::optional<qint64> id, const UnsubscribeCommand &unsubscribe);
    void act(Session &session, std::optional<qint64> id, const PingCommand &ping);
    void act(Session &, std::optional<qint64>, const AuthCommand &) {}
    void changeSubscription(Session &session, const Subscription &subscription);
    void sendSnapshot(Session &session, const TokenSelection &selection);
    void sendStatus(Session &session);
    void send(Session &session, QByteArrayView text);
    void end(Session &session, CloseReason reason);
    void doom(Session &session, std::optional<CloseReason> reason);
    void cutDoomed();
    void closed(Session &session);
    void count(CloseReason reason);
    void heartbeat();
    struct Entry;
    void ping(Entry &entry);

    const int m_number;
    GatewayState &m_state;
    ShardCounters &m_counters;
    Mailbox<FramePtr> &m_mailbox;

    const std::unique_ptr<HttpPort> m_http;
    FrontDoor m_door;
    QSocketNotifier m_mail;
    QTimer m_pace;                          // the rest of limits::coalesceMs
    QTimer m_heartbeat;

    std::vector<FramePtr> m_inbox;          // drained from the mailbox, m_inboxDone of them are fanned out
    std::size_t m_inboxDone = 0;
    SteadyTime m_fanOutAt;                  // start of the last one
    std::vector<Session *> m_doomed;        // found stuck or broken in the middle of a walk over sessions

    struct Entry // dense, so that the heartbeat's walk over 20,000 sessions costs nothing
    {
        std::unique_ptr<Session> session;
        SteadyTime statusDue;
        SteadyTime pingDue;
    };
    std::vector<Entry> m_sessions;
    Cohorts<Session> m_cohorts;
    std::map<QByteArray, FramePtr> m_latest; // as of the last fan-out, so that snapshots and updates never overlap
    Seq m_lastSeq = 0;
    UpstreamStatus m_upstream;
    quint64 m_sessionsMade = 0;
    unsigned m_beats = 0;
    bool m_draining = false;
};

} // namespace odin
