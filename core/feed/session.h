// What every session with the bus works on, and what outlives it. A session is the time from one connect to its end.
// Thread: the feed's control thread. Owner: the feed's worker.
#pragma once

#include "core/feed/announcer.h"
#include "core/feed/intake.h"
#include "core/feed/statusreporter.h"

#include <QByteArray>

namespace odin {

/// How far the feed has come in one epoch of the stream: the next session continues there.
struct Position
{
    QByteArray epoch; ///< empty: no stream known yet
    qint64 replayFromNs = 0; ///< the recent ring begins here, server's clock
    bool tablesFilled = false; ///< the last message of each subject was read
    bool consuming = false; ///< the main consumer has delivered: continue behind the last sequence
    bool caughtUp = false; ///< what comes from now on is news, also when it comes late
};

struct SessionContext
{
    Intake &intake;
    StatusReporter &status;
    Position &position;
    Announcer &announcer;
};

} // namespace odin
