#include "ui/models/lampstate.h"

#include "core/model/limits.h"
#include "ui/models/format.h"

#include <algorithm>

namespace odin {

namespace {

QString orElse(const QString &detail, const QString &text) { return detail.isEmpty() ? text : detail; }

LampStatus notLive(const UpstreamStatus &upstream)
{
    const auto &detail = upstream.detail;
    switch (upstream.state) {
    case UpstreamState::Connecting:
        return {LampState::Connecting, QStringLiteral("Connecting"),
                orElse(detail, QStringLiteral("Looking for NATS. Clients get no prices yet."))};
    case UpstreamState::Replaying:
        return {LampState::Connecting, QStringLiteral("Connecting"),
                orElse(detail, QStringLiteral("Connected to NATS, reading the latest prices from the stream."))};
    case UpstreamState::Reconnecting:
        return {LampState::Down, QStringLiteral("Down"),
                orElse(detail, QStringLiteral("NATS is gone, trying again. Clients keep their last prices."))};
    default:
        return {LampState::Down, QStringLiteral("Down"),
                orElse(detail, QStringLiteral("NATS refuses the gateway: check its address and credentials."))};
    }
}

/// A broker of ours that is down is known better than the feed knows it.
LampStatus restarting(const GatewaySnapshot &snapshot)
{
    const auto &restart = *snapshot.brokerRestart;
    const auto left = std::chrono::milliseconds(std::max<qint64>(0, restart.nextTryMs - snapshot.takenMs));
    const auto when = left.count() > 0 ? QStringLiteral("in %1").arg(formatAge(left)) : QStringLiteral("now");
    return {LampState::Down, QStringLiteral("Down"),
            QStringLiteral("%1 Start %2 %3. Clients keep their last prices.")
                .arg(restart.why)
                .arg(restart.attempt)
                .arg(when)};
}

/// Why a gateway that is live still needs an operator; empty when it does not.
QString degradedBy(const GatewaySnapshot &snapshot)
{
    if (snapshot.draining)
        return QStringLiteral("Draining: no new clients are taken, and those who are here are sent away.");
    if (snapshot.connectionsMax > 0 && snapshot.connections >= snapshot.connectionsMax)
        return QStringLiteral("Full: all %1 connections are in use, new clients are refused.")
            .arg(formatCount(static_cast<quint64>(snapshot.connectionsMax)));
    if (snapshot.upstream.durability == Durability::None)
        return QStringLiteral("NATS runs without JetStream: updates published during an outage are lost.");
    return {};
}

/// Time since the newest update of any token; nothing when there was none.
std::optional<std::chrono::milliseconds> quietTime(const GatewaySnapshot &snapshot)
{
    const auto older = [](const TokenRow &a, const TokenRow &b) { return a.timestampMs < b.timestampMs; };
    const auto newest = std::ranges::max_element(snapshot.tokens, older);
    if (newest == snapshot.tokens.end())
        return std::nullopt;
    return std::chrono::milliseconds(snapshot.takenMs - newest->timestampMs);
}

} // namespace

LampStatus lampStatus(const GatewaySnapshot &snapshot)
{
    if (snapshot.upstream.state != UpstreamState::Live && snapshot.brokerRestart)
        return restarting(snapshot);
    if (snapshot.upstream.state != UpstreamState::Live)
        return notLive(snapshot.upstream);
    if (const auto quiet = quietTime(snapshot); quiet && *quiet > limits::feedQuietMsMax)
        return {LampState::Stale, QStringLiteral("Stale"),
                QStringLiteral("No update of any token for %1: are the publishers running?").arg(formatAge(*quiet))};
    if (const auto reason = degradedBy(snapshot); !reason.isEmpty())
        return {LampState::Degraded, QStringLiteral("Degraded"), reason};
    return {LampState::Live, QStringLiteral("Live"), {}};
}

QString upstreamWord(UpstreamState state)
{
    switch (state) {
    case UpstreamState::Connecting: return QStringLiteral("connecting");
    case UpstreamState::Replaying: return QStringLiteral("catching up");
    case UpstreamState::Live: return QStringLiteral("connected");
    case UpstreamState::Reconnecting: return QStringLiteral("reconnecting");
    case UpstreamState::Error: break;
    }
    return QStringLiteral("refused");
}

} // namespace odin
