// SimulatedTokenRow: one simulated token, what the gateway last heard of it, and both as text.
// Thread: any. Owner: a value.
#pragma once

#include "core/model/snapshot.h"

namespace odin {

struct SimulatedTokenRow
{
    SimulatedToken simulated;
    std::optional<TokenRow> heard; ///< nothing published yet: none

    QString name() const { return QString::fromUtf8(simulated.token); }
    QString price() const;
    QString change() const;
    QString volume() const;
    QString age(qint64 nowMs) const; ///< "paused" while switched off
    QString interval() const;
};

} // namespace odin
