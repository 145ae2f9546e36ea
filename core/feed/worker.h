// Feed::Worker: the feed's one thread, "odin-feed": connect, read until it breaks, wait a little, again, for ever.
// Thread: start() and stop() on the owner's, announce() on any, everything else on odin-feed.
// Owner: Feed. Included by feed.cpp and worker.cpp only.
#pragma once

#include "core/feed/feed.h"
#include "core/feed/jetstreamsession.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace odin {

class Feed::Worker
{
public:
    Worker(FeedConfig config, UpdateSink &updates, UpstreamSink &upstream);

    void start(const QStringList &urls);
    void stop();
    void announce(const QByteArray &subject, const QByteArray &text) { m_announcer.offer(subject, text); }
    const FeedCounters &counters() const { return m_counters; }

private:
    using Ending = std::optional<Failure>;

    void run(std::stop_token stop);
    Ending session(const QString &url, std::stop_token stop);
    Ending read(Connection &connection, std::stop_token stop);
    void note(const Failure &failure);
    std::chrono::milliseconds backOff(int attempt) const;
    void pause(std::chrono::milliseconds time, std::stop_token stop);

    const FeedConfig m_config;
    QStringList m_urls; // constant while the thread runs
    FeedCounters m_counters;
    Announcer m_announcer;

    // Thread-confined to odin-feed.
    Intake m_intake;
    StatusReporter m_status;
    Position m_position;
    bool m_lost = false; // a connection was lost: the next one is a reconnect
    bool m_connected = false; // the session under way or just ended had a connection

    std::mutex m_pauseMutex;
    std::condition_variable_any m_pause;
    std::jthread m_thread; // last: ends before what it uses
};

} // namespace odin
