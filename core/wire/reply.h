// What the gateway says to one client: values -> JSON text (without the frame header). Pure functions; any thread.
#pragma once

#include "core/model/frame.h"
#include "core/model/identity.h"
#include "core/model/upstream.h"
#include "core/wire/command.h"

#include <span>

namespace odin {

/// Facts of this gateway that every client is told.
struct GatewayIdentity
{
    QByteArray node;    ///< unique per process start
    bool simulated = false;
};

/// How far a client has said who it is.
struct Standing
{
    bool authRequired = false; ///< it has to, and has not
    qint64 authExpiresMs = 0; ///< wall clock; 0 = never
};

/// `tokens`: known now, of which the client may read the prices.
QByteArray welcomeText(const GatewayIdentity &gateway, const UpstreamStatus &upstream, QByteArrayView sessionId,
                       const std::vector<QByteArray> &tokens, const Standing &standing = {});
/// A token was accepted.
QByteArray authenticatedText(std::optional<qint64> id, const Identity &identity, const std::vector<QByteArray> &tokens);
/// What a session has after a subscribe or unsubscribe.
struct Grant
{
    TokenSelection tokens;
    Channels channels;
    Pace pace;
    Seq seq = 0; ///< newest sequence that this client's view includes
};

/// `recovered` only when a resume was asked.
QByteArray subscribedText(std::optional<qint64> id, const Grant &grant, std::optional<bool> recovered);
QByteArray unsubscribedText(std::optional<qint64> id, const Grant &grant);
/// A resumed client has everything up to `seq`, what comes now is live.
QByteArray resumedText(std::optional<qint64> id, Seq seq);
QByteArray historyText(std::optional<qint64> id, const QByteArray &token, std::span<const FramePtr> updates);
QByteArray snapshotText(std::span<const FramePtr> latest);
QByteArray statusText(UpstreamState state, qint64 connectedClients, double latencyMs);
QByteArray pongText(std::optional<qint64> id, const QJsonValue &clientTime);
QByteArray drainText(std::chrono::milliseconds retryAfter);
QByteArray errorText(const CommandError &error);

} // namespace odin
