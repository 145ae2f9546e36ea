// The part of ShardWorker that deals with clients that do not get every frame at once: the slow, and those of mode latest.
#include "core/shard/shardworker.h"

#include "core/model/limits.h"

namespace odin {

using std::chrono::steady_clock;

// Most sessions never queue anything: only those that did are listened to.
void ShardWorker::watch(Session &session)
{
    if (std::exchange(session.isWatched, true) || !session.tcp())
        return;
    connect(session.tcp(), &QTcpSocket::bytesWritten, session.webSocket(), [this, &session] { drained(session); });
}

void ShardWorker::drained(Session &session)
{
    if (session.isClosing || !session.isDrained())
        return;
    session.noteDrained();
    if (session.catchUp)
        queue(session);
    else
        flushHeld(session, steady_clock::now());
}

// Sends what the session holds back, as far as there is room and its turn has come.
void ShardWorker::flushHeld(Session &session, SteadyTime now)
{
    for (auto batch = session.takeHeld(now); !batch.frames.empty(); batch = session.takeHeld(now)) {
        if (!writeUpdates(session, batch))
            return;
    }
}

bool ShardWorker::writeUpdates(Session &session, const Thinner::Batch &batch)
{
    if (batch.frames.empty())
        return true;
    switch (session.write(batch.bytes)) {
    case Session::Write::TooSlow: doom(session, CloseReason::TooSlow); return false;
    case Session::Write::Broken: doom(session, {}); return false;
    case Session::Write::Queued:
        watch(session);
        bump(m_counters.queuedBytes, std::uint64_t(batch.bytes.size()));
        break;
    case Session::Write::Direct:
    case Session::Write::Held: break;
    }
    session.noteSent(batch.frames, batch.bytes.size());
    bump(m_counters.writes);
    bump(m_counters.deliveries, batch.frames.size());
    bump(m_counters.bytes, std::uint64_t(batch.bytes.size()));
    return true;
}

// The session may hold frames back now, or no longer wants to: its turn may be at once, or when the backlog is drained,
// or by the clock.
void ShardWorker::held(Session &session)
{
    bump(m_counters.conflated, session.takeConflated());
    flushHeld(session, steady_clock::now());
    if (!session.isPacing())
        return;
    m_pacing.insert(&session);
    if (!m_paceTurn.isActive())
        m_paceTurn.start(limits::latestTickMs);
}

void ShardWorker::takeTurns()
{
    const auto now = steady_clock::now();
    for (auto it = m_pacing.begin(); it != m_pacing.end();) {
        auto &session = **it;
        flushHeld(session, now);
        it = session.isPacing() ? std::next(it) : m_pacing.erase(it);
    }
    cutDoomed();
    if (!m_pacing.empty())
        m_paceTurn.start(limits::latestTickMs);
}

} // namespace odin
