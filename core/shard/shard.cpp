#include "core/shard/shard.h"

#include "core/base/log.h"
#include "core/model/limits.h"
#include "core/shard/shardworker.h"

namespace odin {

Shard::Shard(int number, GatewayState &state, PastSource &past, HttpFactory http, Guard guard, const TlsPort *tls)
    : m_mailbox(limits::mailboxFramesMax), m_thread(QStringLiteral("odin-shard-%1").arg(number))
{
    m_worker = m_thread.call([&] {
        const ShardSurroundings surroundings{state, m_counters, m_mailbox, past, m_thread, guard, tls};
        return std::make_unique<ShardWorker>(number, surroundings, http());
    });
}

Shard::~Shard()
{
    m_thread.call([this] { m_worker.reset(); });
}

bool Shard::post(std::span<const FramePtr> frames)
{
    if (m_mailbox.offer(frames) == Offer::Queued)
        return true;
    // The clients of this shard have lost updates: they must come back and resume.
    m_counters.framesLost.fetch_add(frames.size(), std::memory_order_relaxed);
    qCWarning(lcShard, "a shard cannot keep up: %zu frames wait, its clients are sent away to resume",
              m_mailbox.size());
    m_thread.post([worker = m_worker.get()] { worker->closeAll(CloseReason::ServerError); });
    return false;
}

bool Shard::reset(std::span<const FramePtr> latest)
{
    std::vector<FramePtr> all{FramePtr()};
    all.insert(all.end(), latest.begin(), latest.end());
    return m_mailbox.offer(std::span<const FramePtr>(all)) == Offer::Queued;
}

void Shard::admit(qintptr descriptor, Admission admission)
{
    m_thread.post([worker = m_worker.get(), descriptor, admission] { worker->admit(descriptor, admission); });
}

void Shard::upstreamChanged(const UpstreamStatus &status)
{
    m_thread.post([worker = m_worker.get(), status] { worker->upstreamChanged(status); });
}

void Shard::drain(std::chrono::milliseconds retryAfter)
{
    m_thread.post([worker = m_worker.get(), retryAfter] { worker->drain(retryAfter); });
}

void Shard::listClients(RowsAnswer answer)
{
    const auto taken = m_thread.post([worker = m_worker.get(), answer] { worker->listClients(answer); });
    if (taken == Offer::Overflow)
        answer({});
}

void Shard::readClient(const QByteArray &id, DetailsAnswer answer)
{
    const auto taken = m_thread.post([worker = m_worker.get(), id, answer] { answer(worker->readClient(id)); });
    if (taken == Offer::Overflow)
        answer({});
}

void Shard::disconnectClient(const QByteArray &id, FoundAnswer answer)
{
    const auto taken = m_thread.post([worker = m_worker.get(), id, answer] { answer(worker->disconnectClient(id)); });
    if (taken == Offer::Overflow)
        answer(false);
}

void Shard::limitClient(const QByteArray &id, std::optional<double> maxHz, FoundAnswer answer)
{
    const auto taken =
        m_thread.post([worker = m_worker.get(), id, maxHz, answer] { answer(worker->limitClient(id, maxHz)); });
    if (taken == Offer::Overflow)
        answer(false);
}

} // namespace odin
