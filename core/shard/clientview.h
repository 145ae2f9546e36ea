// A session as an operator sees it: a row of the list of clients, and everything about one.
// Thread: the session's. Owner: none, free functions.
#pragma once

#include "core/model/client.h"
#include "core/shard/session.h"

namespace odin {

/// Takes note of what was counted up to now: the next row tells the rate from here.
ClientRow rowOf(Session &session, SteadyTime now);
/// `catchUpEnd`: the shard's last sequence. The row is without a rate.
ClientDetails detailsOf(const Session &session, Seq catchUpEnd);

} // namespace odin
