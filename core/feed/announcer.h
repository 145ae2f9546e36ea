// Announcer: the newest message of this gateway about itself, until the feed's thread has published it.
// Thread: offer() from any, publish() on the feed's. Owner: the feed's worker.
#pragma once

#include "core/feed/natsptr.h"

#include <QByteArray>

#include <atomic>
#include <mutex>

namespace odin {

class Announcer
{
public:
    /// A message that was not published yet is replaced: only the newest state is of use.
    void offer(const QByteArray &subject, const QByteArray &text)
    {
        const std::lock_guard lock(m_mutex);
        m_subject = subject;
        m_text = text;
        m_waiting = true;
    }

    /// Publishes what waits, without acknowledgement; costs one load of an atomic when nothing does.
    void publish(natsConnection *connection)
    {
        if (!m_waiting.load(std::memory_order_relaxed))
            return;
        const std::lock_guard lock(m_mutex);
        m_waiting = false;
        natsConnection_Publish(connection, m_subject.constData(), m_text.constData(), int(m_text.size()));
    }

private:
    std::atomic<bool> m_waiting{false};
    std::mutex m_mutex;
    QByteArray m_subject; // guarded by m_mutex
    QByteArray m_text;    // guarded by m_mutex
};

} // namespace odin
