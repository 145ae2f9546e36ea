// Bytes of WebSocket frames from server to client (RFC 6455 section 5.2): FIN + text, unmasked.
// Pure functions; any thread.
#pragma once

#include "core/model/frame.h"
#include "core/model/update.h"

#include <QByteArrayView>

namespace odin {

/// Header for a text frame of this many payload bytes: 2, 4 or 10 bytes.
QByteArray frameHeader(qsizetype payloadBytes);

/// Header + payload in one block.
QByteArray textFrame(QByteArrayView payload);

/// The frame of one update: the publisher's object with "seq" (and "prev" on the price channel) added.
FramePtr updateFrame(const Update &update, const StreamMessage &message, Seq prev);

} // namespace odin
