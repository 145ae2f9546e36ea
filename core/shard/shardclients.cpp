// The part of ShardWorker that shows its clients to an operator, and does to one of them what he wants.
#include "core/base/log.h"
#include "core/model/limits.h"
#include "core/shard/clientview.h"
#include "core/shard/shardworker.h"

namespace odin {

namespace {

using std::chrono::steady_clock;

// The clock is read once per so many rows.
constexpr std::size_t rowsPerClockReading = 16;

// How far back the ring is looked through for what a client was sent before somebody looked at it.
constexpr Seq trailMessagesMax = 1000;

} // namespace

void ShardWorker::listClients(ClientSource::RowsAnswer answer)
{
    m_walk.answers.push_back(std::move(answer));
    if (m_walk.rows)
        return; // the walk under way answers this one too
    m_walk.rows = std::make_shared<std::vector<ClientRow>>();
    m_walk.rows->reserve(m_sessions.size());
    m_walk.left = m_sessions.size();
    ++m_walk.number;
    walkClients();
}

// From the last to the first: the place of a session that goes is taken by the last one, which was walked by then. So
// none is missed, and `walked` keeps it from being there twice.
void ShardWorker::walkClients()
{
    const auto now = steady_clock::now();
    m_walk.left = std::min(m_walk.left, m_sessions.size());
    while (m_walk.left > 0) {
        auto &entry = m_sessions[--m_walk.left];
        if (std::exchange(entry.walked, m_walk.number) != m_walk.number)
            m_walk.rows->push_back(rowOf(*entry.session, now));
        if (m_walk.left % rowsPerClockReading == 0 && steady_clock::now() - now >= limits::clientsSliceMs)
            break;
    }
    if (m_walk.left > 0)
        return m_walk.turn.start(0);
    const auto rows = std::exchange(m_walk.rows, {});
    const auto answers = std::exchange(m_walk.answers, {});
    for (const auto &answer : answers)
        answer(&answer == &answers.back() ? rows : std::make_shared<std::vector<ClientRow>>(*rows));
}

// By the number at its end: looking at every session's text would be a cache miss each.
Session *ShardWorker::find(const QByteArray &id) const
{
    const auto ordinal = ordinalOf(id.mid(id.lastIndexOf('-') + 1).toULongLong());
    const auto entry = std::ranges::find(m_sessions, ordinal, &Entry::ordinal);
    return entry != m_sessions.end() && entry->session->id() == id ? entry->session.get() : nullptr;
}

std::optional<ClientDetails> ShardWorker::readClient(const QByteArray &id)
{
    auto *session = find(id);
    if (!session)
        return {};
    if (!session->trail)
        beginTrail(*session);
    session->trail->until = steady_clock::now() + limits::clientFramesMs;
    return detailsOf(*session, m_lastSeq);
}

// What was sent before follows from the ring, when everything was sent that the client wants.
void ShardWorker::beginTrail(Session &session)
{
    session.trail = std::make_unique<FrameTrail>();
    m_trailed.insert(&session);
    if (session.catchUp || session.conflated() > 0 || session.pace().mode == Mode::Latest)
        return;
    const auto now = steady_clock::now();
    const auto nowMs = wallMs();
    m_ring.visitAfter(m_lastSeq - trailMessagesMax, [&](const FramePtr &frame) {
        const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(now - frame->encoded);
        if (frame->encoded > session.subscribedAt && session.subscription.wants(frame->channel, frame->token))
            session.trail->add(std::span(&frame, 1), nowMs - age.count());
        return true;
    });
}

void ShardWorker::endTrails(SteadyTime now)
{
    std::erase_if(m_trailed, [now](auto *session) {
        const bool isOver = session->trail->until < now;
        if (isOver)
            session->trail.reset();
        return isOver;
    });
}

bool ShardWorker::disconnectClient(const QByteArray &id)
{
    auto *session = find(id);
    if (!session || session->isClosing)
        return false;
    qCInfo(lcShard, "client %s (%s:%d): closed by the operator", id.constData(), session->address().constData(),
           session->port());
    end(*session, CloseReason::ClosedByOperator);
    return true;
}

bool ShardWorker::limitClient(const QByteArray &id, std::optional<double> maxHz)
{
    auto *session = find(id);
    if (!session || session->isClosing)
        return false;
    if (maxHz)
        qCInfo(lcShard, "client %s: limited by the operator to %g updates/s of each token", id.constData(), *maxHz);
    else
        qCInfo(lcShard, "client %s: no longer limited by the operator", id.constData());
    session->setLimit(maxHz);
    held(*session);
    return true;
}

} // namespace odin
