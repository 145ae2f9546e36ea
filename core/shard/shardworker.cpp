#include "core/shard/shardworker.h"

#include "core/base/log.h"
#include "core/model/limits.h"

namespace odin {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds heartbeatEvery{250};

// Latencies are taken once per so many sessions: exact enough, and the clock costs nothing then.
constexpr std::size_t sessionsPerClockReading = 128;

} // namespace

ShardWorker::ShardWorker(int number, const ShardSurroundings &surroundings, std::unique_ptr<HttpPort> http)
    : m_number(number), m_state(surroundings.state), m_counters(surroundings.counters), m_mailbox(surroundings.mailbox),
      m_past(surroundings.past), m_thread(surroundings.thread), m_guard(surroundings.guard), m_checkpoint(m_guard, m_counters), m_http(std::move(http)),
      m_door(
          *m_http,
          [this](QWebSocket *webSocket, ClientSocket *tcp, const Guest &guest) { open(webSocket, tcp, guest); },
          m_state.census(), m_counters, surroundings.guard, surroundings.tls),
      m_mail(m_mailbox.fd(), QSocketNotifier::Read), m_ring(limits::ringBytesMax, limits::ringMsMax),
      m_upstream(m_state.upstream())
{
    m_pace.setSingleShot(true);
    m_pace.setTimerType(Qt::PreciseTimer);
    connect(&m_pace, &QTimer::timeout, this, &ShardWorker::pump);
    connect(&m_mail, &QSocketNotifier::activated, this, &ShardWorker::pump);
    connect(&m_heartbeat, &QTimer::timeout, this, &ShardWorker::heartbeat);
    m_heartbeat.start(heartbeatEvery);
    m_resumeTurn.setSingleShot(true);
    connect(&m_resumeTurn, &QTimer::timeout, this, &ShardWorker::serveResumes);
    m_paceTurn.setSingleShot(true);
    m_paceTurn.setTimerType(Qt::PreciseTimer);
    connect(&m_paceTurn, &QTimer::timeout, this, &ShardWorker::takeTurns);
    m_walk.turn.setSingleShot(true);
    connect(&m_walk.turn, &QTimer::timeout, this, &ShardWorker::walkClients);
}

ShardWorker::~ShardWorker()
{
    for (auto &entry : m_sessions) {
        entry.session->webSocket()->disconnect(this);
        entry.session->abort();
    }
    m_state.census().sessions.fetch_sub(int(m_sessions.size()));
}

// Own pace instead of reacting to every frame: a write costs the same for one frame or twenty, so what comes within
// limits::coalesceMs goes out together.
void ShardWorker::pump()
{
    if (m_pace.isActive())
        return m_mail.setEnabled(false);
    const auto now = steady_clock::now();
    if (const auto next = m_fanOutAt + limits::coalesceMs; now < next) {
        m_mail.setEnabled(false);
        return m_pace.start(std::chrono::ceil<std::chrono::milliseconds>(next - now));
    }
    m_mail.setEnabled(true);
    if (m_inboxDone == m_inbox.size()) {
        m_mailbox.drain(m_inbox);
        m_inboxDone = 0;
        m_takenAt = now;
    }
    m_fanOutAt = now;
    fanOut(nextSlice());
    m_fanOutTook = steady_clock::now() - now;
    if (m_inboxDone < m_inbox.size())
        m_pace.start(limits::coalesceMs); // let the sockets drain in between
}

// Ten thousand clients that speak at the same time are a long queue in the event loop. Updates do not wait at its end:
// called between two clients. They take half of the time at most: a busy shard still lets clients in.
void ShardWorker::letMailPass()
{
    const bool hasMail = m_inboxDone < m_inbox.size() || m_mailbox.size() > 0;
    const auto pause = std::max<SteadyTime::duration>(limits::coalesceMs, 2 * m_fanOutTook);
    if (!hasMail || steady_clock::now() - m_fanOutAt < pause)
        return;
    m_mayCut = false;
    m_pace.stop();
    pump();
    m_mayCut = true;
}

// What was posted before something else happened is to come before it.
void ShardWorker::pumpEverything()
{
    do {
        while (m_inboxDone < m_inbox.size())
            fanOut(nextSlice());
        m_mailbox.drain(m_inbox);
        m_inboxDone = 0;
        m_takenAt = steady_clock::now();
    } while (!m_inbox.empty());
}

// As many frames as one write may carry; ends before a reset mark and never inside a batch: m_lastSeq is a whole one.
std::span<const FramePtr> ShardWorker::nextSlice()
{
    while (m_inboxDone < m_inbox.size() && !m_inbox[m_inboxDone]) {
        reset();
        ++m_inboxDone;
    }
    const auto start = m_inboxDone;
    qsizetype bytes = 0;
    Seq seq = 0;
    while (m_inboxDone < m_inbox.size() && m_inbox[m_inboxDone]
           && (bytes < limits::fanOutBytesMax || m_inbox[m_inboxDone]->seq == seq)) {
        seq = m_inbox[m_inboxDone]->seq;
        bytes += m_inbox[m_inboxDone++]->bytes.size();
    }
    return std::span<const FramePtr>(m_inbox).subspan(start, m_inboxDone - start);
}

void ShardWorker::fanOut(std::span<const FramePtr> frames)
{
    m_cohorts.fanOut(frames, [this](auto &cohort) { deliver(cohort); });
    for (const auto &frame : frames)
        remember(frame);
    m_counters.ringFrames.store(m_ring.frames(), std::memory_order_relaxed);
    m_counters.ringBytes.store(m_ring.bytes(), std::memory_order_relaxed);
    cutDoomed();
}

void ShardWorker::remember(const FramePtr &frame)
{
    if (frame->kind == FrameKind::Stale)
        m_stale[frame->token] = frame;
    else if (frame->kind == FrameKind::Live)
        m_stale.erase(frame->token);
    if (frame->kind != FrameKind::Update)
        return;
    if (frame->channel == Channel::Price)
        m_latest[frame->token] = frame;
    if (frame->origin != Origin::Table) // between those of the tables much is missing
        m_ring.add(frame);
    m_lastSeq = frame->seq;
}

void ShardWorker::deliver(Cohorts<Session>::Cohort &cohort)
{
    std::uint64_t written = 0;
    std::uint64_t queued = 0;
    std::uint64_t sinceReading = 0;
    for (auto *session : cohort.members) {
        switch (session->deliver(cohort.batch, cohort.frames)) {
        case Session::Write::Held: held(*session); continue;
        case Session::Write::Queued:
            ++queued;
            watch(*session);
            bump(m_counters.thinnings, session->isThinning());
            [[fallthrough]];
        case Session::Write::Direct:
            ++written;
            session->noteSent(cohort.frames, cohort.batch.size());
            break;
        case Session::Write::TooSlow: doom(*session, CloseReason::TooSlow); continue;
        case Session::Write::Broken: doom(*session, {}); continue;
        }
        if (++sinceReading == sessionsPerClockReading)
            recordLatency(cohort.frames, std::exchange(sinceReading, 0));
    }
    recordLatency(cohort.frames, sinceReading);
    bump(m_counters.writes, written);
    bump(m_counters.deliveries, written * cohort.frames.size());
    bump(m_counters.bytes, written * std::uint64_t(cohort.batch.size()));
    bump(m_counters.queuedBytes, queued * std::uint64_t(cohort.batch.size()));
}

void ShardWorker::recordLatency(std::span<const FramePtr> frames, std::uint64_t sessions)
{
    if (sessions == 0)
        return;
    const auto now = steady_clock::now();
    const auto nowMs = wallMs();
    for (const auto &frame : frames) {
        if (frame->origin != Origin::Live || frame->kind != FrameKind::Update)
            continue;
        m_counters.hubToShard.record(m_takenAt - frame->encoded, sessions);
        m_counters.shardToSocket.record(now - m_takenAt, sessions);
        m_counters.gatewayLatency.record(now - frame->received, sessions);
        m_counters.endToEndLatency.record(std::chrono::milliseconds(std::max<qint64>(0, nowMs - frame->timestampMs)),
                                          sessions);
    }
}

void ShardWorker::reset()
{
    m_latest.clear();
    m_stale.clear();
    m_ring.clear();
    m_lastSeq = 0;
    closeAll(CloseReason::Shutdown); // they come back at once, see the new epoch and get a snapshot
}

} // namespace odin
