// State of the gateway's way to the bus. Values; any thread.
#pragma once

#include <QByteArray>
#include <QString>

namespace odin {

enum class UpstreamState : quint8 {
    Connecting,   ///< never connected yet: a bus is being looked for
    Replaying,    ///< connected, tables are being filled from the stream
    Live,         ///< updates arrive as they are published
    Reconnecting, ///< was live, the bus is gone, trying again for ever
    Error,        ///< the bus refuses us (credentials, no JetStream, ...); trying again, an operator must act
};

enum class Durability : quint8 { None, JetStream };

struct UpstreamStatus
{
    UpstreamState state = UpstreamState::Connecting;
    Durability durability = Durability::JetStream;
    QByteArray epoch;  ///< derived from the stream's creation time: equal on every gateway; empty = not known yet
    QString detail;    ///< for people: what is wrong and what to do; empty when Live
    QString url;       ///< the server in use, never with credentials

    bool operator==(const UpstreamStatus &) const = default;
};

/// The managed broker while it is down: it is started again until it runs.
struct BrokerRestart
{
    QString why; ///< a sentence
    int attempt = 0; ///< of the next start, counted from 1 since it last ran
    qint64 nextTryMs = 0; ///< wall clock
};

/// The word clients see in connection:status.
inline QByteArray statusWord(UpstreamState state)
{
    switch (state) {
    case UpstreamState::Live: return "connected";
    case UpstreamState::Error: return "error";
    default: return "reconnecting";
    }
}

} // namespace odin
