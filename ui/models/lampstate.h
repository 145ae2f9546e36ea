// LampState: how the gateway is, as one lamp, one word and one sentence.
// Thread: any. Owner: values.
#pragma once

#include "core/model/snapshot.h"

#include <QString>

namespace odin {

enum class LampState {
    Live,       ///< clients get prices as they are published
    Degraded,   ///< they do, but an operator should look
    Stale,      ///< connected, and nothing is published
    Connecting, ///< not yet
    Down,       ///< not any more
};

struct LampStatus
{
    LampState state = LampState::Connecting;
    QString word;
    QString detail; ///< what is wrong and what to do; empty when live

    bool operator==(const LampStatus &) const = default;
};

LampStatus lampStatus(const GatewaySnapshot &snapshot);

/// The way to the bus in one word: connected, connecting, catching up, reconnecting, refused.
QString upstreamWord(UpstreamState state);

} // namespace odin
