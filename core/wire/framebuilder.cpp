#include "core/wire/framebuilder.h"

#include <QtEndian>

namespace odin {

namespace {

constexpr char finalText = char(0x81);
constexpr char finalBinary = char(0x82);

QByteArray withSequence(const Update &update, Seq seq, Seq prev)
{
    QByteArray json = update.json.chopped(1) + ",\"seq\":" + QByteArray::number(seq);
    if (update.channel == Channel::Price)
        json += ",\"prev\":" + QByteArray::number(prev);
    return json.append('}');
}

// Token ids need no escapes.
QByteArray noticeJson(FrameKind kind, const TokenSilence &silence)
{
    return (kind == FrameKind::Stale ? R"({"type":"feed:stale","tokenId":")" : R"({"type":"feed:live","tokenId":")")
        + silence.token + R"(","ageMs":)" + QByteArray::number(qlonglong(silence.age.count())) + R"(,"expectedMs":)"
        + QByteArray::number(qlonglong(silence.expected.count())) + '}';
}

// The JSON object with its header, as the bytes of this frame.
void seal(Frame &frame, const QByteArray &json)
{
    frame.bytes = frameHeader(json.size());
    frame.headerSize = frame.bytes.size();
    frame.bytes.append(json);
    frame.encoded = std::chrono::steady_clock::now();
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

QByteArray binaryFrame(QByteArrayView payload)
{
    auto frame = textFrame(payload);
    frame[0] = finalBinary;
    return frame;
}

QByteArray conflatedFrame(const Frame &frame, std::uint64_t replaced)
{
    return textFrame(frame.payload().chopped(1).toByteArray() + ",\"conflated\":" + QByteArray::number(qulonglong(replaced))
                     + '}');
}

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
    frame->origin = message.origin;
    frame->batched = message.updates.size() > 1;
    seal(*frame, withSequence(update, message.seq, prev));
    return frame;
}

FramePtr noticeFrame(FrameKind kind, const TokenSilence &silence, SteadyTime received)
{
    auto frame = std::make_shared<Frame>();
    frame->kind = kind;
    frame->token = silence.token;
    frame->received = received;
    seal(*frame, noticeJson(kind, silence));
    return frame;
}

} // namespace odin
