// Words that every room shares. Values only; any thread.
#pragma once

#include <QByteArray>

#include <chrono>

namespace odin {

/// Position of a message in the bus stream (JetStream stream sequence); 0 = none known.
using Seq = qint64;

/// What a client can subscribe to besides tokens.
enum class Channel : quint8 { Price, Volume, Market };
inline constexpr int channelCount = 3;

/// The contract's word.
constexpr const char *channelName(Channel channel)
{
    switch (channel) {
    case Channel::Price: break;
    case Channel::Volume: return "volume";
    case Channel::Market: return "market";
    }
    return "price";
}

/// Steady time for durations, deadlines and latencies inside the process.
using SteadyTime = std::chrono::steady_clock::time_point;

/// Milliseconds since 1970 UTC: the clock of every timestamp on the wire.
inline qint64 wallMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace odin
