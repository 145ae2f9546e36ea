#include "core/feed/intake.h"

#include <utility>

namespace odin {
namespace {

void add(std::atomic<std::uint64_t> &counter, std::uint64_t n = 1) { counter.fetch_add(n, std::memory_order_relaxed); }

QByteArrayView subjectOf(const natsMsg *message) { return QByteArrayView(natsMsg_GetSubject(message)); }

QByteArrayView payloadOf(const natsMsg *message)
{
    return QByteArrayView(natsMsg_GetData(message), natsMsg_GetDataLength(message));
}

} // namespace

void Intake::take(const natsMsg *raw, Seq seq, qint64 storedMs, Origin origin)
{
    if (seq <= m_last) {
        add(m_counters.duplicates);
        return;
    }
    m_last = seq;
    const SteadyTime received = std::chrono::steady_clock::now();
    DecodedMessage decoded = decodeBusMessage(subjectOf(raw), payloadOf(raw), storedMs);
    StreamMessage message{seq, storedMs, received, origin, std::move(decoded.updates)};
    count(message, decoded.refusals);
    if (!message.updates.empty())
        m_sink.receive(std::move(message));
}

void Intake::count(const StreamMessage &message, std::span<const Refusal> refusals)
{
    for (const Refusal reason : refusals)
        add(m_counters.refused[std::size_t(reason)]);
    if (message.origin == Origin::Live)
        countLive(message);
    else
        add(m_counters.replayed);
}

// The clocks of up to three machines: where one is behind, less than no time passes, which counts as none.
void Intake::countLive(const StreamMessage &message)
{
    using std::chrono::milliseconds;
    add(m_counters.messages);
    add(m_counters.updates, message.updates.size());
    m_counters.storeToFeed.record(milliseconds(wallMs() - message.storedMs));
    for (const auto &update : message.updates)
        m_counters.publishToStore.record(milliseconds(message.storedMs - update.timestampMs));
}

void Intake::reset()
{
    m_last = 0;
    m_sink.resetStream();
}

} // namespace odin
