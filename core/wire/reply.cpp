#include "core/wire/reply.h"

#include "core/model/limits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace odin {

namespace {

QByteArray text(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

QJsonObject message(QLatin1String type, std::optional<qint64> id = {})
{
    QJsonObject object{{QLatin1String("type"), type}};
    if (id)
        object.insert(QLatin1String("id"), *id);
    return object;
}

template<class Names>
QJsonArray nameArray(const Names &names)
{
    QJsonArray array;
    for (const auto &name : names)
        array.append(QString::fromLatin1(name));
    return array;
}

QJsonArray tokenArray(const TokenSelection &selection)
{
    return selection.all ? QJsonArray{QLatin1String("*")} : nameArray(selection.tokens);
}

QJsonArray channelArray(Channels channels)
{
    QJsonArray array;
    if (channels.has(Channel::Price))
        array.append(QLatin1String("price"));
    if (channels.has(Channel::Volume))
        array.append(QLatin1String("volume"));
    if (channels.has(Channel::Market))
        array.append(QLatin1String("market"));
    return array;
}

QJsonObject limitsObject()
{
    return {{QLatin1String("commandBytes"), limits::commandBytesMax},
            {QLatin1String("commandsPerSecond"), limits::commandsPerSecondMax},
            {QLatin1String("tokens"), limits::sessionTokensMax}};
}

QLatin1String modeWord(Mode mode)
{
    switch (mode) {
    case Mode::Auto: break;
    case Mode::Stream: return QLatin1String("stream");
    case Mode::Latest: return QLatin1String("latest");
    }
    return QLatin1String("auto");
}

QJsonObject granted(QLatin1String type, std::optional<qint64> id, const Grant &grant)
{
    auto object = message(type, id);
    object.insert(QLatin1String("tokens"), tokenArray(grant.tokens));
    object.insert(QLatin1String("channels"), channelArray(grant.channels));
    object.insert(QLatin1String("mode"), modeWord(grant.pace.mode));
    object.insert(QLatin1String("maxHz"), grant.pace.mode == Mode::Latest ? QJsonValue(grant.pace.maxHz)
                                                                              : QJsonValue(QJsonValue::Null));
    object.insert(QLatin1String("seq"), grant.seq);
    return object;
}

// The frames' payloads as they are, one after the other.
QByteArray payloads(QByteArray json, std::span<const FramePtr> frames)
{
    bool first = true;
    for (const auto &frame : frames) {
        if (!std::exchange(first, false))
            json.append(',');
        json.append(frame->payload());
    }
    return json.append("]}");
}

bool isRetryable(ErrorCode code)
{
    return code == ErrorCode::Internal || code == ErrorCode::TooManyRequests || code == ErrorCode::TokenExpired;
}

} // namespace

QByteArray welcomeText(const GatewayIdentity &gateway, const UpstreamStatus &upstream, QByteArrayView sessionId,
                       const std::vector<QByteArray> &tokens)
{
    auto object = message(QLatin1String("welcome"));
    object.insert(QLatin1String("sessionId"), QString::fromLatin1(sessionId));
    object.insert(QLatin1String("node"), QString::fromLatin1(gateway.node));
    object.insert(QLatin1String("version"), QLatin1String(ODIN_VERSION));
    object.insert(QLatin1String("epoch"), QString::fromLatin1(upstream.epoch));
    object.insert(QLatin1String("serverTime"), wallMs());
    object.insert(QLatin1String("heartbeatMs"), qint64(limits::heartbeatMs.count()));
    object.insert(QLatin1String("simulated"), gateway.simulated);
    object.insert(QLatin1String("durability"), upstream.durability == Durability::JetStream
                      ? QLatin1String("jetstream") : QLatin1String("none"));
    object.insert(QLatin1String("tokens"), nameArray(tokens));
    object.insert(QLatin1String("limits"), limitsObject());
    return text(object);
}

QByteArray subscribedText(std::optional<qint64> id, const Grant &grant, std::optional<bool> recovered)
{
    auto object = granted(QLatin1String("subscribed"), id, grant);
    if (recovered)
        object.insert(QLatin1String("recovered"), *recovered);
    return text(object);
}

QByteArray unsubscribedText(std::optional<qint64> id, const Grant &grant)
{
    return text(granted(QLatin1String("unsubscribed"), id, grant));
}

QByteArray resumedText(std::optional<qint64> id, Seq seq)
{
    auto object = message(QLatin1String("resumed"), id);
    object.insert(QLatin1String("seq"), seq);
    return text(object);
}

QByteArray snapshotText(std::span<const FramePtr> latest)
{
    return payloads(R"({"type":"price:snapshot","updates":[)", latest);
}

QByteArray historyText(std::optional<qint64> id, const QByteArray &token, std::span<const FramePtr> updates)
{
    const auto echo = id ? R"("id":)" + QByteArray::number(*id) + ',' : QByteArray();
    return payloads(R"({"type":"history",)" + echo + R"("tokenId":")" + token + R"(","updates":[)", updates);
}

QByteArray statusText(UpstreamState state, qint64 connectedClients, double latencyMs)
{
    return R"({"type":"connection:status","status":")" + statusWord(state) + R"(","connectedClients":)"
        + QByteArray::number(connectedClients) + R"(,"latency":)" + QByteArray::number(latencyMs, 'f', 1) + '}';
}

QByteArray pongText(std::optional<qint64> id, const QJsonValue &clientTime)
{
    auto object = message(QLatin1String("pong"), id);
    if (clientTime.isDouble() || clientTime.isString())
        object.insert(QLatin1String("clientTime"), clientTime);
    object.insert(QLatin1String("serverTime"), wallMs());
    return text(object);
}

QByteArray drainText(std::chrono::milliseconds retryAfter)
{
    return R"({"type":"drain","retryAfterMs":)" + QByteArray::number(qint64(retryAfter.count())) + '}';
}

QByteArray errorText(const CommandError &error)
{
    auto object = message(QLatin1String("error"), error.id);
    object.insert(QLatin1String("code"), int(error.code));
    object.insert(QLatin1String("reason"), QLatin1String(error.reason));
    object.insert(QLatin1String("retryable"), isRetryable(error.code));
    return text(object);
}

} // namespace odin
