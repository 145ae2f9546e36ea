// LogOutput: standard error as a place for lines that can be slow, full, broken or closed without harm to us.
// Thread: any; open() first. Owner: the log.
#pragma once

#include <QByteArray>

#include <atomic>
#include <mutex>

namespace odin {

class LogOutput
{
public:
    /// Looks at what standard error is; a closed one is replaced by /dev/null.
    void open();
    /// Standard error leads to systemd's journal, which reads a priority from each line.
    bool isJournal() const { return m_isJournal; }
    /// One write per line. Waits at most logWriteMsMax for a reader that does not read, then drops lines until it
    /// does, and says how many were dropped.
    void write(const QByteArray &line);

private:
    bool waitForRoom();
    void writeNow(QByteArray line);

    std::atomic<bool> m_isJournal{false};

    std::mutex m_mutex;
    quint64 m_dropped = 0; // guarded by m_mutex: lines since the reader stopped
};

} // namespace odin
