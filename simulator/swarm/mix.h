// Mix: which share of a swarm behaves how. Values; thread: any. Owner: whoever holds them. Pure.
#pragma once

#include "core/model/result.h"

#include <QString>

#include <array>

namespace odin::swarm {

enum class Behaviour {
    Normal,       ///< subscribes and reads everything
    Slow,         ///< reads a few KiB a second: the gateway has to thin its updates
    Reconnecting, ///< loses its connection every few seconds and resumes
    Random,       ///< changes its subscription every few seconds
    Idle,         ///< a phone in a pocket: mode latest, and does not read for seconds
};

struct Mix
{
    std::array<int, 5> percent{100, 0, 0, 0, 0}; ///< by Behaviour

    /// Of client number `n`: any hundred in a row are mixed as wanted.
    Behaviour of(int n) const;
    /// Some of its clients come back after they lost their connection.
    bool comesBack() const { return percent[std::size_t(Behaviour::Reconnecting)] > 0; }
};

/// "normal=80,slow=5,..."; what is not named has no share. The sum must be 100.
Result<Mix> mixOf(const QString &text);

} // namespace odin::swarm
