#include "core/feed/worker.h"

#include "core/feed/coresession.h"
#include "core/model/limits.h"

#include <QRandomGenerator>

#include <pthread.h>

namespace odin {

using namespace Qt::StringLiterals;

Feed::Worker::Worker(FeedConfig config, UpdateSink &updates, UpstreamSink &upstream)
    : m_config(std::move(config)), m_intake(updates, m_counters), m_status(upstream)
{
}

void Feed::Worker::start(const QStringList &urls)
{
    if (m_thread.joinable())
        return;
    m_urls = urls.isEmpty() ? m_config.urls : urls;
    m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
}

void Feed::Worker::stop() { m_thread = {}; }

void Feed::Worker::run(std::stop_token stop)
{
    pthread_setname_np(pthread_self(), "odin-feed");
    if (m_urls.isEmpty())
        return m_status.failed({Trouble::Refused, u"No bus is named: give its address with --nats."_s});
    m_status.setServer(publicUrl(m_urls.first()));
    m_status.connecting();
    qsizetype next = 0;
    for (int attempt = 0; !stop.stop_requested(); ++attempt) {
        const Ending ending = session(m_urls[next++ % m_urls.size()], stop);
        if (stop.stop_requested() || !ending)
            return;
        note(*ending);
        if (m_connected && ending->trouble != Trouble::Refused)
            attempt = 0;
        pause(backOff(attempt), stop);
    }
}

Feed::Worker::Ending Feed::Worker::session(const QString &url, std::stop_token stop)
{
    m_status.setServer(publicUrl(url));
    Connection connection({url, m_config.security}, "odin-gateway", limits::busConnectMsMax);
    m_connected = connection.status() == NATS_OK;
    if (!m_connected)
        return connectFailure(connection.status(), publicUrl(url));
    if (std::exchange(m_lost, false))
        m_counters.reconnects.fetch_add(1, std::memory_order_relaxed);
    return read(connection, stop);
}

Feed::Worker::Ending Feed::Worker::read(Connection &connection, std::stop_token stop)
{
    const SessionContext context{m_intake, m_status, m_position, m_announcer};
    const auto found = openStream(connection.jetStream(), m_config);
    if (const auto *failure = std::get_if<Failure>(&found))
        return *failure;
    if (const auto *facts = std::get_if<StreamFacts>(&found))
        return JetStreamSession(connection, m_config, context).run(*facts, stop);
    if (m_position.tablesFilled) // there was a stream: do not give up its promises because of a bus that is half up
        return Failure{Trouble::Refused, u"The bus has lost its JetStream: enable it again."_s};
    return CoreSession(connection, context).run(stop);
}

void Feed::Worker::note(const Failure &failure)
{
    if (failure.trouble == Trouble::Broken)
        m_counters.rebuilds.fetch_add(1, std::memory_order_relaxed);
    m_lost = m_lost || (m_connected && failure.trouble == Trouble::Unreachable);
    m_status.failed(failure);
}

// Full jitter: gateways that lost the same bus come back spread out.
std::chrono::milliseconds Feed::Worker::backOff(int attempt) const
{
    const auto most = std::min(limits::busRetryMsMin * (1 << std::min(attempt, 10)), limits::busRetryMsMax);
    return std::chrono::milliseconds(QRandomGenerator::system()->bounded(int(most.count()) + 1));
}

void Feed::Worker::pause(std::chrono::milliseconds time, std::stop_token stop)
{
    std::unique_lock lock(m_pauseMutex);
    m_pause.wait_for(lock, stop, time, [] { return false; });
}

} // namespace odin
