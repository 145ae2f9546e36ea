// Bytes of WebSocket frames from server to client (RFC 6455 section 5.2): FIN + text, unmasked.
// Pure functions and values; any thread.
#pragma once

#include "core/model/frame.h"
#include "core/model/update.h"

#include <QByteArrayView>

namespace odin {

/// Header for a text frame of this many payload bytes: 2, 4 or 10 bytes.
QByteArray frameHeader(qsizetype payloadBytes);

/// Header + payload in one block.
QByteArray textFrame(QByteArrayView payload);
QByteArray binaryFrame(QByteArrayView payload);

/// The frame's update with "conflated" added: how many updates of its token it replaces for one client (> 0).
QByteArray conflatedFrame(const Frame &frame, std::uint64_t replaced);

/// The frame of one update: the publisher's object with "seq" (and "prev" on the price channel) added.
FramePtr updateFrame(const Update &update, const StreamMessage &message, Seq prev);

/// What feed:stale and feed:live tell of a token.
struct TokenSilence
{
    QByteArray token;
    SteadyTime heard;                       ///< its last update before the silence
    std::chrono::milliseconds age{0};       ///< silent for this long
    std::chrono::milliseconds expected{0};  ///< no longer than this is normal
};

/// feed:stale or feed:live (never FrameKind::Update) on the price channel, without a sequence. `received`: when the
/// feed last heard of the token.
FramePtr noticeFrame(FrameKind kind, const TokenSilence &silence, SteadyTime received);

} // namespace odin
