// FrameScanner: follows the frames (RFC 6455 section 5.2) in the bytes that a client sends, whole or in pieces, without keeping any.
// It sees what QtWebSockets does not tell: pings, pieces of messages, frames that are not masked, and how far one has come.
// Thread: confined to its user's. Owner: the same (a value).
#pragma once

#include <QByteArrayView>

#include <array>

namespace odin {

class FrameScanner
{
public:
    /// Frames that begin in these bytes.
    struct Seen
    {
        int controls = 0; ///< close, ping, pong
        int pieces = 0; ///< of messages that are not sent as one frame
        bool isUnmasked = false;
        bool hasEnded = false; ///< something that was begun is complete
    };

    Seen feed(QByteArrayView bytes);
    /// Between the first byte of a message, or of a control frame, and its last.
    bool isInside() const { return m_headSize > 0 || m_payloadLeft > 0 || m_isInMessage; }

private:
    void takeHead(QByteArrayView &bytes, Seen &seen);
    void takePayload(QByteArrayView &bytes);
    std::size_t headNeeded() const;
    quint64 payloadSize() const;

    std::array<quint8, 14> m_head{};
    std::size_t m_headSize = 0; // 0 once it was complete
    quint64 m_payloadLeft = 0;
    bool m_isInMessage = false;
};

} // namespace odin
