// The part of ShardWorker that brings clients that come back up to date: from the recent ring, then from the stream,
// a slice at a time so that the others' updates are not held up.
#include "core/shard/shardworker.h"

#include "core/model/limits.h"
#include "core/wire/reply.h"

#include <algorithm>

namespace odin {

namespace {

using std::chrono::steady_clock;

struct Slice
{
    Thinner::Batch batch;
    Seq upTo = 0; ///< everything due up to here is in the batch
};

// All that a log has for named tokens, in stream order.
std::vector<FramePtr> ofNamedTokens(const FrameLog &log, Seq logEnd, const CatchUp &resume, const Subscription &wanted)
{
    std::vector<FramePtr> found;
    const auto collect = [&](Channel channel, const QByteArray &token) {
        log.visitTokenAfter(channel, token, resume.at, [&](const FramePtr &frame) {
            if (frame->seq <= logEnd && resume.isDue(*frame, wanted))
                found.push_back(frame);
        });
    };
    for (const auto &[token, channels] : wanted.tokens()) {
        collect(Channel::Price, token);
        collect(Channel::Volume, token);
    }
    collect(Channel::Market, {});
    std::reverse(found.begin(), found.end()); // a batch may name a token twice: their order is that of arrival
    std::stable_sort(found.begin(), found.end(), [](const FramePtr &a, const FramePtr &b) { return a->seq < b->seq; });
    return found;
}

// Adds frames until there are enough bytes; a sequence is never split. False when it is full.
bool append(Slice &slice, const FramePtr &frame, qsizetype bytesMax)
{
    auto &[bytes, frames] = slice.batch;
    if (bytes.size() >= bytesMax && frames.back()->seq != frame->seq)
        return false;
    bytes += frame->bytes;
    frames.push_back(frame);
    return true;
}

// `logEnd`: what is newer in the log is not looked at.
Slice nextOf(const FrameLog &log, Seq logEnd, const CatchUp &resume, const Subscription &wanted, qsizetype bytesMax)
{
    Slice slice;
    bool isFull = false;
    const auto add = [&](const FramePtr &frame) {
        if (frame->seq > logEnd)
            return false;
        if (resume.isDue(*frame, wanted))
            isFull = !append(slice, frame, bytesMax);
        return !isFull;
    };
    if (wanted.all() != Channels()) {
        log.visitAfter(resume.at, add);
    } else {
        const auto found = ofNamedTokens(log, logEnd, resume, wanted);
        std::all_of(found.begin(), found.end(), add);
    }
    slice.upTo = isFull ? slice.batch.frames.back()->seq : logEnd;
    return slice;
}

} // namespace

void ShardWorker::beginResume(Session &session, std::optional<qint64> id, const SubscribeCommand &subscribe)
{
    session.catchUp = std::make_unique<CatchUp>();
    session.catchUp->id = id;
    session.catchUp->command = subscribe;
    session.catchUp->asked = steady_clock::now();
    m_resuming.insert(&session);
    queue(session);
}

// A change of the subscription waits until the resume before it is through: so each is answered as if it came then.
void ShardWorker::defer(Session &session, Command command)
{
    auto &deferred = session.catchUp->deferred;
    if (deferred.size() >= std::size_t(limits::resumeCommandsMax))
        return refuse(session, {command.id, ErrorCode::TooManyRequests, "too many commands wait for the resume"});
    deferred.push_back(std::move(command));
}

void ShardWorker::queue(Session &session)
{
    if (std::exchange(session.catchUp->isQueued, true))
        return;
    m_resumeQueue.push_back(&session);
    if (!m_resumeTurn.isActive())
        m_resumeTurn.start(0);
}

void ShardWorker::serveResumes()
{
    const auto until = steady_clock::now() + limits::catchUpSliceMs;
    while (!m_resumeQueue.empty() && steady_clock::now() < until) {
        auto *session = m_resumeQueue.front();
        m_resumeQueue.pop_front();
        if (!m_resuming.contains(session))
            continue; // gone meanwhile
        session->catchUp->isQueued = false;
        advance(*session);
    }
    cutDoomed();
    if (!m_resumeQueue.empty())
        m_resumeTurn.start(0);
}

void ShardWorker::advance(Session &session)
{
    if (session.catchUp->isReplaying)
        return replaySome(session);
    switch (judge(*session.catchUp, steady_clock::now())) {
    case Verdict::Refuse: return refuseResume(session);
    case Verdict::Recover: return recover(session);
    case Verdict::Wait: break;
    }
    const auto &resume = *session.catchUp;
    if (resume.command.resume->epoch == m_upstream.epoch && resume.command.resume->seq <= m_lastSeq)
        askPast(session, resume.from());
}

ShardWorker::Verdict ShardWorker::judge(const CatchUp &resume, SteadyTime now) const
{
    const auto &[epoch, seq] = *resume.command.resume;
    const auto waited = now - resume.asked;
    if (waited > limits::resumeWaitMsMax || resume.pastFailed)
        return Verdict::Refuse;
    if (m_upstream.epoch.isEmpty()) // no bus was seen yet
        return Verdict::Wait;
    if (epoch != m_upstream.epoch)
        return Verdict::Refuse;
    // Another gateway may be ahead of this one, or this one has only just started. Else it is a position of nobody's.
    if (seq > m_lastSeq)
        return m_upstream.state == UpstreamState::Live && waited > limits::resumeAheadMsMax ? Verdict::Refuse
                                                                                             : Verdict::Wait;
    if (m_ring.isCompleteAfter(resume.from()) || (resume.past && resume.past->frames.isCompleteAfter(resume.from())))
        return Verdict::Recover;
    const bool isTooFar = m_lastSeq - seq > limits::resumeMessagesMax;
    return isTooFar || m_upstream.durability == Durability::None ? Verdict::Refuse : Verdict::Wait;
}

// From here on the session gets its updates from the logs, until it has reached the last fan-out.
void ShardWorker::recover(Session &session)
{
    auto &resume = *session.catchUp;
    resume.isReplaying = true;
    resume.at = resume.from();
    resume.liveFrom = m_lastSeq;
    resume.liveBefore = session.subscription;
    m_cohorts.leave(&session);
    session.subscription.add(resume.command.selection, resume.command.channels);
    bump(m_counters.resumesRecovered);
    send(session, subscribedText(resume.id, grantOf(session, resume.command.resume->seq), true));
    replaySome(session);
}

// One slice: the rest has its turn when the others had theirs, or when the client has taken this one.
void ShardWorker::replaySome(Session &session)
{
    auto &resume = *session.catchUp;
    flushHeld(session, steady_clock::now()); // of what was live before
    if (!session.hasRoom() || session.isDoomed) {
        watch(session);
        if (resume.at >= resume.liveFrom && session.pace().mode != Mode::Stream)
            thinTheRest(session);
        return;
    }
    const bool isInRing = m_ring.isCompleteAfter(resume.at);
    const bool isInPast = !isInRing && resume.past && resume.past->frames.isCompleteAfter(resume.at)
        && resume.at < resume.past->upTo;
    if (resume.at < m_lastSeq) {
        if (!isInRing && !isInPast)
            return resume.pastFailed ? doom(session, CloseReason::TooSlow) : askPast(session, resume.at);
        const auto room = qint64(limits::backlogHighBytes) - session.backlogBytes();
        // The stream may have been read beyond the last fan-out: what is newer comes with the next.
        const auto slice = isInRing
            ? nextOf(m_ring, m_lastSeq, resume, session.subscription, room)
            : nextOf(resume.past->frames, std::min(resume.past->upTo, m_lastSeq), resume, session.subscription, room);
        if (!writeUpdates(session, slice.batch))
            return;
        bump(m_counters.replayed, slice.batch.frames.size());
        resume.at = slice.upTo;
    }
    if (resume.at >= m_lastSeq)
        return finishResume(session);
    queue(session);
}

// Shared: while one read is under way, whoever needs another waits for the next.
void ShardWorker::askPast(Session &session, Seq after)
{
    session.catchUp->waitsForPast = true;
    if (std::exchange(m_pastAsked, true))
        return;
    for (const auto *other : m_resuming) {
        const auto &resume = *other->catchUp;
        if (resume.waitsForPast)
            after = std::min(after, resume.isReplaying ? resume.at : resume.from());
    }
    const auto comeBack = [this](const PastRangePtr &range) {
        m_thread.post([this, range] { pastCame(range); });
    };
    m_past.readRange(m_upstream.epoch, after, m_ring.completeAfter().value_or(m_lastSeq), comeBack);
}

void ShardWorker::pastCame(const PastRangePtr &range)
{
    m_pastAsked = false;
    for (auto *session : m_resuming) {
        auto &resume = *session->catchUp;
        if (!std::exchange(resume.waitsForPast, false))
            continue;
        const auto after = resume.isReplaying ? resume.at : resume.from();
        if (range && range->epoch == m_upstream.epoch && range->frames.isCompleteAfter(after))
            resume.past = range;
        else if (!range || after >= range->asked)
            resume.pastFailed = true;
        queue(*session);
    }
}

// The client is slow and has everything that it missed: what came since goes the way of a slow client's updates.
void ShardWorker::thinTheRest(Session &session)
{
    const auto &resume = *session.catchUp;
    if (!m_ring.isCompleteAfter(resume.at))
        return doom(session, CloseReason::TooSlow);
    const auto rest = nextOf(m_ring, m_lastSeq, resume, session.subscription, limits::ringBytesMax);
    session.hold(rest.batch.frames);
    held(session);
    finishResume(session);
}

void ShardWorker::finishResume(Session &session)
{
    const auto resume = std::move(session.catchUp);
    m_resuming.erase(&session);
    if (resume->isReplaying) {
        m_cohorts.join(&session, session.subscription);
        session.subscribedAt = steady_clock::now();
        send(session, resumedText(resume->id, m_lastSeq));
        sendStale(session, resume->command.selection);
    }
    auto &deferred = resume->deferred;
    for (; !deferred.empty() && !session.isClosing; deferred.pop_front()) {
        if (session.catchUp) {
            session.catchUp->deferred = std::move(deferred);
            return;
        }
        std::visit([&](const auto &body) { act(session, deferred.front().id, body); }, deferred.front().body);
    }
}

void ShardWorker::refuseResume(Session &session)
{
    const auto id = session.catchUp->id;
    const auto subscribe = session.catchUp->command;
    bump(m_counters.resumesRefused);
    subscribeAfresh(session, id, subscribe, false);
    finishResume(session);
}

void ShardWorker::forgetResume(Session &session)
{
    m_resuming.erase(&session);
    session.catchUp.reset();
}

} // namespace odin
