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

    virtual std::vector<SimulatedToken> tokens(SteadyTime now) const = 0;
    /// Nothing unless a file is played.
    virtual std::optional<PlaybackStatus> playback() const { return std::nullopt; }

    // What an operator asks. It acts as a whole or fails with a sentence.
    virtual Result<Done> change(const QByteArray &token, const SimulatedTokenChange &change, SteadyTime now) = 0;
    virtual Result<Done> start(const StartScenario &command, SteadyTime now) = 0;
    virtual Result<Done> end(const EndScenario &command, SteadyTime now) = 0;
    virtual Result<Done> list(const ListToken &command, SteadyTime now) = 0;
};

} // namespace odin
