#include "core/feed/feed.h"

#include "core/feed/worker.h"

namespace odin {

Feed::Feed(FeedConfig config, UpdateSink &updates, UpstreamSink &upstream)
    : m_worker(std::make_unique<Worker>(std::move(config), updates, upstream))
{
}

Feed::~Feed() = default;

void Feed::start(const QStringList &urls) { m_worker->start(urls); }

void Feed::stop() { m_worker->stop(); }

void Feed::announce(const QByteArray &subject, const QByteArray &text) { m_worker->announce(subject, text); }

const FeedCounters &Feed::counters() const { return m_worker->counters(); }

} // namespace odin
