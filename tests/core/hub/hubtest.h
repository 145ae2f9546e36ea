// What the tests of the hub share: a sink that remembers, and messages as the feed hands them over.
// Thread: the test's. Owner: the test.
#pragma once

#include "core/flow/framesink.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace odin {

class RecordingFrames final : public FrameSink
{
public:
    bool post(std::span<const FramePtr> posted) override
    {
        ++posts;
        if (!isFull)
            frames.insert(frames.end(), posted.begin(), posted.end());
        return !isFull;
    }
    bool reset(std::span<const FramePtr> latest) override
    {
        ++resets;
        if (!isFull)
            frames.assign(latest.begin(), latest.end());
        return !isFull;
    }

    bool isFull = false;
    std::vector<FramePtr> frames;
    int posts = 0;
    int resets = 0;
};

inline Update update(const QByteArray &token, double price = 1, Channel channel = Channel::Price)
{
    return {.channel = channel,
            .token = token,
            .json = R"({"tokenId":")" + token + R"(","price":)" + QByteArray::number(price) + '}',
            .timestampMs = 1,
            .price = price};
}

inline StreamMessage message(Seq seq, std::vector<Update> updates)
{
    return {.seq = seq,
            .storedMs = 1,
            .received = std::chrono::steady_clock::now(),
            .origin = Origin::Live,
            .updates = std::move(updates)};
}

inline QJsonObject json(const FramePtr &frame)
{
    return QJsonDocument::fromJson(frame->payload().toByteArray()).object();
}

} // namespace odin
