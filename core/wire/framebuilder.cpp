#include "core/wire/framebuilder.h"

#include <QtEndian>

namespace odin {

namespace {

constexpr char finalText = char(0x81);

QByteArray withSequence(const Update &update, Seq seq, Seq prev)
{
    QByteArray json = update.json.chopped(1) + ",\"seq\":" + QByteArray::number(seq);
    if (update.channel == Channel::Price)
        json += ",\"prev\":" + QByteArray::number(prev);
    return json.append('}');
}

} // namespace

QByteArray frameHeader(qsizetype payloadBytes)
{
    QByteArray header(1, finalText);
    if (payloadBytes < 126)
        return header.append(char(payloadBytes));
    char length[8];
    if (payloadBytes <= 0xffff) {
        qToBigEndian(quint16(payloadBytes), length);
        return header.append(char(126)).append(length, 2);
    }
    qToBigEndian(quint64(payloadBytes), length);
    return header.append(char(127)).append(length, 8);
}

QByteArray textFrame(QByteArrayView payload) { return frameHeader(payload.size()).append(payload); }

FramePtr updateFrame(const Update &update, const StreamMessage &message, Seq prev)
{
    auto frame = std::make_shared<Frame>();
    frame->channel = update.channel;
    frame->token = update.token;
    frame->seq = message.seq;
    frame->prev = prev;
    frame->price = update.price;
    frame->volume24h = update.volume24h;
    frame->priceChange24h = update.priceChange24h;
    frame->timestampMs = update.timestampMs;
    frame->received = message.received;
    frame->replayed = message.replayed;
    const auto json = withSequence(update, message.seq, prev);
    frame->bytes = frameHeader(json.size());
    frame->headerSize = frame->bytes.size();
    frame->bytes.append(json);
    return frame;
}

} // namespace odin
