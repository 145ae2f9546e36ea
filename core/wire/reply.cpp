#include "core/wire/reply.h"

#include "core/model/limits.h"
#include "core/wire/jsontext.h"

#include <QLocale>

#include <array>

namespace odin {

namespace {

// As short as it can be and still the same number.
QByteArray numberText(double value) { return QByteArray::number(value, 'g', QLocale::FloatingPointShortest); }

JsonText message(QByteArrayView type, std::optional<qint64> id = {})
{
    JsonText text(type);
    if (id)
        text.number("id", *id);
    return text;
}

QByteArray limitsText()
{
    return JsonText()
        .number("commandBytes", limits::commandBytesMax)
        .number("commandsPerSecond", limits::commandsPerSecondMax)
        .number("tokens", limits::sessionTokensMax)
        .take();
}

std::vector<QByteArrayView> channelWords(Channels channels)
{
    std::vector<QByteArrayView> words;
    for (const auto channel : {Channel::Price, Channel::Volume, Channel::Market}) {
        if (channels.has(channel))
            words.emplace_back(channelName(channel));
    }
    return words;
}

JsonText granted(QByteArrayView type, std::optional<qint64> id, const Grant &grant)
{
    auto text = message(type, id);
    if (grant.tokens.all)
        text.texts("tokens", std::array{"*"});
    else
        text.texts("tokens", grant.tokens.tokens);
    text.texts("channels", channelWords(grant.channels)).text("mode", modeName(grant.pace.mode));
    text.raw("maxHz", grant.pace.mode == Mode::Latest ? numberText(grant.pace.maxHz) : "null");
    text.number("seq", grant.seq);
    return text;
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
                       const std::vector<QByteArray> &tokens, const Standing &standing)
{
    static const auto limits = limitsText();
    JsonText text("welcome");
    text
        .text("sessionId", sessionId)
        .text("node", gateway.node)
        .text("version", ODIN_VERSION)
        .text("epoch", upstream.epoch)
        .number("serverTime", wallMs())
        .number("heartbeatMs", limits::heartbeatMs.count())
        .boolean("simulated", gateway.simulated)
        .text("durability", upstream.durability == Durability::JetStream ? "jetstream" : "none")
        .texts("tokens", tokens)
        .raw("limits", limits);
    if (standing.authRequired)
        text.boolean("authRequired", true);
    if (standing.authExpiresMs > 0)
        text.number("authExpires", standing.authExpiresMs);
    return text.take();
}

QByteArray authenticatedText(std::optional<qint64> id, const Identity &identity, const std::vector<QByteArray> &tokens)
{
    return message("authenticated", id)
        .text("role", identity.role == Role::Operator ? "operator" : "viewer")
        .number("authExpires", identity.expiresMs)
        .texts("tokens", tokens)
        .take();
}

QByteArray subscribedText(std::optional<qint64> id, const Grant &grant, std::optional<bool> recovered)
{
    auto text = granted("subscribed", id, grant);
    if (recovered)
        text.boolean("recovered", *recovered);
    return text.take();
}

QByteArray unsubscribedText(std::optional<qint64> id, const Grant &grant) { return granted("unsubscribed", id, grant).take(); }

QByteArray resumedText(std::optional<qint64> id, Seq seq) { return message("resumed", id).number("seq", seq).take(); }

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
    return message("connection:status")
        .text("status", statusWord(state))
        .number("connectedClients", connectedClients)
        .raw("latency", QByteArray::number(latencyMs, 'f', 1))
        .take();
}

QByteArray pongText(std::optional<qint64> id, const QJsonValue &clientTime)
{
    auto text = message("pong", id);
    if (clientTime.isDouble()) // or a whole number, which a double might round
        text.raw("clientTime", clientTime.toInteger() != 0 ? QByteArray::number(clientTime.toInteger())
                                                           : numberText(clientTime.toDouble()));
    else if (clientTime.isString())
        text.text("clientTime", clientTime.toString().toUtf8());
    return text.number("serverTime", wallMs()).take();
}

QByteArray drainText(std::chrono::milliseconds retryAfter)
{
    return message("drain").number("retryAfterMs", retryAfter.count()).take();
}

QByteArray errorText(const CommandError &error)
{
    return message("error", error.id)
        .number("code", int(error.code))
        .text("reason", error.reason)
        .boolean("retryable", isRetryable(error.code))
        .take();
}

} // namespace odin
