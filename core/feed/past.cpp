#include "core/feed/past.h"

#include "core/feed/consumer.h"
#include "core/feed/tables.h"
#include "core/model/limits.h"
#include "core/wire/buspayload.h"
#include "core/wire/framebuilder.h"

#include <algorithm>
#include <deque>

namespace odin {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Reads until take(message, delivery) says that it has enough. False when the bus failed or the time is over.
template<class Take>
bool readWhile(const PastVisit &visit, Consumer &consumer, Take take)
{
    const auto deadline = steady_clock::now() + limits::pastReadMsMax;
    while (!visit.stop.stop_requested() && steady_clock::now() < deadline) {
        NatsMsgPtr message;
        Delivery delivery;
        const natsStatus s = consumer.next(message, delivery, limits::busTickMs);
        if (s == NATS_TIMEOUT)
            continue;
        if (s != NATS_OK)
            return false;
        bump(visit.counters.messages);
        if (!take(message.get(), delivery)) {
            consumer.close();
            return true;
        }
    }
    return false;
}

StreamMessage decoded(const natsMsg *message, const Delivery &delivery)
{
    const qint64 storedMs = delivery.storedNs / nsPerMs;
    const QByteArrayView payload(natsMsg_GetData(message), natsMsg_GetDataLength(message));
    return {delivery.streamSeq, storedMs, steady_clock::now(), Origin::Replay,
            decodeBusMessage(natsMsg_GetSubject(message), payload, storedMs).updates};
}

// Reads what the consumer has and keeps the end of it.
bool readNewest(const PastVisit &visit, Consumer &consumer, qint64 messages, int messagesMax, Tail &tail)
{
    std::deque<StreamMessage> newest;
    std::size_t updates = 0;
    const auto take = [&](const natsMsg *raw, const Delivery &delivery) {
        if (delivery.streamSeq <= tail.upTo) {
            newest.push_back(decoded(raw, delivery));
            updates += newest.back().updates.size();
        }
        while (newest.size() > std::size_t(messagesMax) || updates > std::size_t(limits::historyMessagesMax)) {
            updates -= newest.front().updates.size();
            tail.completeAfter = newest.front().seq;
            newest.pop_front();
        }
        return --messages > 0 && delivery.pending > 0;
    };
    if (!readWhile(visit, consumer, take))
        return false;
    tail.messages.assign(std::make_move_iterator(newest.begin()), std::make_move_iterator(newest.end()));
    return true;
}

// Frames with `prev` as far as it follows from what is read; 0 = none known at the first of each token.
class Framing
{
public:
    FramePtr frame(const Update &update, const StreamMessage &message)
    {
        const Seq prev = update.channel == Channel::Price ? std::exchange(m_last[update.token], message.seq) : 0;
        return updateFrame(update, message, prev);
    }

private:
    QHash<QByteArray, Seq> m_last;
};

// The stream may have dropped its oldest messages while they were read. False when it cannot be asked any more.
bool trimLike(const PastVisit &visit, FrameLog &frames)
{
    const auto now = findStream(visit.connection.jetStream(), visit.stream);
    if (!now || now->epoch != visit.facts.epoch)
        return false;
    frames.startAfter(std::max(*frames.completeAfter(), now->firstSeq - 1));
    return true;
}

} // namespace

PastRangePtr readRange(const PastVisit &visit, Seq after, Seq upTo)
{
    const Seq end = std::max(upTo, upTo + (visit.facts.lastSeq - upTo) / 2);
    const Seq begin = std::max({after - (end - after) / 8, visit.facts.firstSeq - 1, end - limits::resumeMessagesMax, Seq(0)});
    auto range = std::make_shared<PastRange>(
        PastRange{visit.facts.epoch, after, end, FrameLog(limits::ringBytesMax, limits::streamMsMax)});
    range->frames.startAfter(begin);
    bump(visit.counters.rangesRead);
    if (begin >= std::min(end, visit.facts.lastSeq))
        return range;

    Framing framing;
    Seq last = begin;
    bool hasGap = false;
    const auto take = [&](const natsMsg *raw, const Delivery &delivery) {
        hasGap = hasGap || delivery.streamSeq != last + 1;
        last = delivery.streamSeq;
        if (delivery.streamSeq <= end) {
            const auto message = decoded(raw, delivery);
            for (const auto &update : message.updates)
                range->frames.add(framing.frame(update, message));
        }
        return delivery.streamSeq < end && delivery.pending > 0;
    };
    Consumer consumer(visit.connection);
    jsErrCode code{};
    if (consumer.open(visit.stream, ConsumerStart::atSeq(begin + 1), code) != NATS_OK || !readWhile(visit, consumer, take))
        return {};
    if (hasGap && !trimLike(visit, range->frames))
        return {};
    return range;
}

// The stream has no "last n of a subject": looks from a time on, and shifts that until about the right number is found.
std::optional<Tail> readTail(const PastVisit &visit, const QByteArray &subject, int messagesMax)
{
    constexpr milliseconds firstLook{600'000};
    constexpr int looksMax = 8;
    constexpr int farther = 6;

    Tail tail{{}, 0, visit.facts.lastSeq};
    auto window = firstLook;
    for (int look = 0; look < looksMax && visit.facts.lastNs > 0; ++look) {
        const qint64 startNs = visit.facts.lastNs - qint64(window.count()) * nsPerMs;
        Consumer consumer(visit.connection);
        ConsumerProgress progress;
        jsErrCode code{};
        if (consumer.open(visit.stream, ConsumerStart::atTime(std::max(startNs, qint64(1))), code, subject) != NATS_OK
            || consumer.progress(progress, limits::busRequestMsMax, code) != NATS_OK)
            return {};
        const auto found = qint64(progress.sent) + qint64(progress.pending);
        if (found < messagesMax && startNs > visit.facts.firstNs) {
            consumer.close();
            window *= farther;
            continue;
        }
        if (found > limits::historyMessagesMax) {
            consumer.close();
            window = milliseconds(std::max<qint64>(1, window.count() * 2 * messagesMax / found));
            continue;
        }
        if (found > 0 && !readNewest(visit, consumer, found, messagesMax, tail))
            return {};
        return tail;
    }
    return tail;
}

TokenHistoryPtr joinHistory(const QByteArray &token, const Tail &prices, const Tail &batches)
{
    struct Found
    {
        const StreamMessage *message;
        const Update *update;
    };
    const Seq upTo = std::min(prices.upTo, batches.upTo);
    const Seq completeAfter = std::max(prices.completeAfter, batches.completeAfter);
    std::vector<Found> found;
    for (const auto *tail : {&prices, &batches}) {
        for (const auto &message : tail->messages) {
            for (const auto &update : message.updates) {
                if (update.token == token && message.seq > completeAfter && message.seq <= upTo)
                    found.push_back({&message, &update});
            }
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Found &a, const Found &b) { return a.message->seq < b.message->seq; });
    auto history = std::make_shared<TokenHistory>(TokenHistory{upTo, {}});
    Framing framing;
    for (const auto &[message, update] : found)
        history->frames.push_back(framing.frame(*update, *message));
    if (const auto excess = qint64(history->frames.size()) - limits::historyUpdatesMax; excess > 0)
        history->frames.erase(history->frames.begin(), history->frames.begin() + excess);
    return history;
}

} // namespace odin
