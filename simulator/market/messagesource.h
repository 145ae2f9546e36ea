// MessageSource: what the simulator publishes next and when: the simulated market or the replay of a file.
// Thread: confined to its user's. Owner: the MarketSimulator, which guards it with its mutex.
// Time is given, never read.
#pragma once

#include "core/flow/simulatorcontrol.h"
#include "core/model/types.h"

#include <optional>
#include <vector>

namespace odin {

struct BusMessage
{
    QByteArray subject;
    QByteArray payload;
    QByteArray id; ///< by which the bus knows a message that it has stored already
};

class MessageSource
{
public:
    MessageSource() = default;
    MessageSource(const MessageSource &) = delete;
    MessageSource &operator=(const MessageSource &) = delete;
    virtual ~MessageSource() = default;

    /// When take() is to be called next; nullopt = not before something is switched on.
    virtual std::optional<SteadyTime> next() const = 0;
    /// The messages due next, in order; none when nothing is due at `now`. `nowMs` becomes their timestamp.
    virtual std::vector<BusMessage> take(SteadyTime now, qint64 nowMs) = 0;

    virtual std::vector<SimulatedToken> tokens() const = 0;
    /// False when there is no such token.
    virtual bool setTokenOn(const QByteArray &token, bool on, SteadyTime now) = 0;
    /// False when there is no such token, or its intervals are not ours to set. The interval is valid.
    virtual bool setInterval(const QByteArray &token, std::chrono::milliseconds min, std::chrono::milliseconds max,
                             SteadyTime now) = 0;
};

} // namespace odin
