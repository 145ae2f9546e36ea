// InboundWatch: looks at the frames that a client sends before QtWebSockets does: it answers pings, waits for ever for a
// frame that comes a byte at a time, and takes frames that are not masked, all without a word.
// Thread: its socket's. Owner: its socket.
#pragma once

#include "core/model/types.h"
#include "core/wire/framescanner.h"

#include <QTcpSocket>

#include <functional>
#include <optional>

namespace odin {

class InboundWatch : public QObject
{
    Q_OBJECT
public:
    /// May close or abort the socket: then nothing of what it was called for reaches QtWebSockets.
    using Judge = std::function<void(const FrameScanner::Seen &)>;

    /// To be made before anybody else listens to the socket: it has to be the first to hear of new bytes.
    explicit InboundWatch(QTcpSocket *socket);

    /// From now on what comes are frames. To be called when everybody else listens: it has to be the last, too.
    void begin(Judge judge);
    void end() { m_judge = {}; }
    /// Since when a message or control frame has been incomplete.
    std::optional<SteadyTime> insideSince() const { return m_insideSince; }

private:
    void look();
    void noteLeft() { m_left = m_socket->bytesAvailable(); }

    QTcpSocket *const m_socket;
    Judge m_judge; // empty: what comes are no frames, or nobody wants to know
    FrameScanner m_scanner;
    qint64 m_left = 0; // seen, but not yet taken by QtWebSockets
    std::optional<SteadyTime> m_insideSince;
};

} // namespace odin
