// One WebSocket message to clients, encoded once and shared by every session that wants it.
// Immutable after construction; any thread.
#pragma once

#include "core/model/update.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace odin {

/// What a frame tells of its token.
enum class FrameKind : quint8 {
    Update, ///< an update of a publisher
    Stale,  ///< feed:stale: the token is silent for longer than is normal for it
    Live,   ///< feed:live: it speaks again
};

struct Frame
{
    FrameKind kind = FrameKind::Update;
    Channel channel = Channel::Price;
    QByteArray token;           ///< empty for Channel::Market
    Seq seq = 0;
    Seq prev = 0;               ///< seq of the token's update before this one on the same channel; 0 = none known
    double price = 0;           ///< Channel::Price only, like the two below: for tables, never re-encoded
    double volume24h = 0;
    double priceChange24h = 0;
    qint64 timestampMs = 0;     ///< publisher's clock
    SteadyTime received;        ///< when the feed got the message
    SteadyTime encoded;         ///< when the hub had made this of it
    Origin origin = Origin::Live;
    bool batched = false;       ///< shares its sequence with other updates of one batch message
    QByteArray bytes;           ///< RFC 6455 header + payload, unmasked: the same for every client
    qsizetype headerSize = 0;

    /// The JSON object without the frame header.
    QByteArrayView payload() const { return QByteArrayView(bytes).sliced(headerSize); }
};

using FramePtr = std::shared_ptr<const Frame>;

} // namespace odin
