// The part of ShardWorker that answers history: the stream's past from the source that all shards share, and what came
// since from the shard's own ring.
#include "core/shard/shardworker.h"

#include "core/model/limits.h"
#include "core/wire/reply.h"

#include <algorithm>

namespace odin {

void ShardWorker::act(Session &session, std::optional<qint64> id, const HistoryCommand &history)
{
    if (session.guest.identity && !session.guest.identity->mayRead(history.token))
        return refuse(session, {id, ErrorCode::PermissionDenied, "the token of this connection does not allow this price"});
    if (!withinQuota(session.historyBudget, limits::historiesPerSecondMax, limits::historiesBurstMax))
        return refuse(session, {id, ErrorCode::TooManyRequests, "too many requests for history, slow down"});
    if (m_upstream.durability == Durability::None)
        return answer({&session, id, history}, nullptr);
    if (!session.hasRoom() || m_historyWaits.size() >= std::size_t(limits::historyWaitingMax))
        return refuse(session, {id, ErrorCode::TooManyRequests, "too many answers wait, ask again later"});
    const auto isSameToken = [&](const HistoryWait &wait) { return wait.command.token == history.token; };
    const bool isAsked = std::any_of(m_historyWaits.begin(), m_historyWaits.end(), isSameToken);
    m_historyWaits.push_back({&session, id, history});
    if (isAsked)
        return;
    const auto comeBack = [this, token = history.token](const TokenHistoryPtr &past) {
        m_thread.post([this, token, past] { historyCame(token, past); });
    };
    m_past.readHistory(m_upstream.epoch, history.token, comeBack);
}

void ShardWorker::historyCame(const QByteArray &token, const TokenHistoryPtr &history)
{
    const auto isOther = [&](const HistoryWait &wait) { return wait.command.token != token; };
    const auto first = std::stable_partition(m_historyWaits.begin(), m_historyWaits.end(), isOther);
    const std::vector<HistoryWait> served(first, m_historyWaits.end());
    m_historyWaits.erase(first, m_historyWaits.end());
    for (const auto &wait : served)
        answer(wait, history);
    cutDoomed();
}

void ShardWorker::answer(const HistoryWait &wait, const TokenHistoryPtr &history)
{
    const auto &[token, limit, sinceMs] = wait.command;
    std::vector<FramePtr> updates; // newest first, for as long as it is easier
    const auto add = [&, since = sinceMs, most = std::size_t(limit)](const FramePtr &frame) {
        if (updates.size() < most && frame->timestampMs >= since)
            updates.push_back(frame);
    };
    // Without a connection to what is older the ring alone is the answer; and older than that is all there is without it.
    const Seq upTo = history && m_ring.isCompleteAfter(history->upTo) ? history->upTo : 0;
    m_ring.visitTokenAfter(Channel::Price, token, upTo, add);
    if (history && (upTo > 0 || updates.empty()))
        std::for_each(history->frames.rbegin(), history->frames.rend(), add);
    std::reverse(updates.begin(), updates.end());
    bump(m_counters.histories);
    send(*wait.session, historyText(wait.id, token, updates));
}

} // namespace odin
