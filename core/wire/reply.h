// What the gateway says to one client: values -> JSON text (without the frame header). Pure functions; any thread.
#pragma once

#include "core/model/frame.h"
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

QByteArray welcomeText(const GatewayIdentity &gateway, const UpstreamStatus &upstream, QByteArrayView sessionId,
                       const std::vector<QByteArray> &tokens);
/// `seq`: newest sequence this client's view includes. `recovered` only when a resume was asked.
QByteArray subscribedText(std::optional<qint64> id, const TokenSelection &granted, Channels channels, Seq seq,
                          std::optional<bool> recovered);
QByteArray unsubscribedText(std::optional<qint64> id, const TokenSelection &left, Channels channels, Seq seq);
QByteArray snapshotText(std::span<const FramePtr> latest);
QByteArray statusText(UpstreamState state, qint64 connectedClients, double latencyMs);
QByteArray pongText(std::optional<qint64> id, const QJsonValue &clientTime);
QByteArray drainText(std::chrono::milliseconds retryAfter);
QByteArray errorText(const CommandError &error);

} // namespace odin
