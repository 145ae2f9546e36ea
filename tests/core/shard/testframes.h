// Frames as the hub makes them. Pure functions; any thread.
#pragma once

#include "core/wire/framebuilder.h"

namespace odin {

inline FramePtr testFrame(Channel channel, const QByteArray &token, Seq seq, Seq prev = 0, qsizetype padding = 0)
{
    Update update;
    update.channel = channel;
    update.token = token;
    update.json = R"({"type":"price:update","tokenId":")" + token + R"(","pad":")" + QByteArray(padding, 'x') + R"("})";
    update.timestampMs = wallMs();
    StreamMessage message;
    message.seq = seq;
    message.received = std::chrono::steady_clock::now();
    return updateFrame(update, message, prev);
}

/// One of several that share their sequence.
inline FramePtr batchFrame(const QByteArray &token, Seq seq, Seq prev = 0)
{
    auto frame = std::make_shared<Frame>(*testFrame(Channel::Price, token, seq, prev));
    frame->batched = true;
    return frame;
}

/// The last of its token, of which nobody knows what came between.
inline FramePtr tableFrame(const QByteArray &token, Seq seq, Seq prev = 0)
{
    auto frame = std::make_shared<Frame>(*testFrame(Channel::Price, token, seq, prev));
    frame->origin = Origin::Table;
    return frame;
}

inline FramePtr priceFrame(const QByteArray &token, Seq seq, Seq prev = 0, qsizetype padding = 0)
{
    return testFrame(Channel::Price, token, seq, prev, padding);
}

} // namespace odin
