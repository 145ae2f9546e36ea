// Reading back from the stream: a stretch of it, or the newest updates of one token.
// Thread: that of the past reader (blocks until done, failed, or asked to stop). Values and functions, no state.
#pragma once

#include "core/feed/connection.h"
#include "core/feed/stream.h"
#include "core/flow/counters.h"
#include "core/flow/pastsource.h"

#include <optional>
#include <stop_token>

namespace odin {

/// What one visit to the bus reads with.
struct PastVisit
{
    Connection &connection;
    const QByteArray &stream;
    const StreamFacts facts;
    PastCounters &counters;
    const std::stop_token stop;
};

/// At least what lies between the two sequences; more of both sides, for those who ask a little later.
/// Nothing when the bus failed.
PastRangePtr readRange(const PastVisit &visit, Seq after, Seq upTo);

/// The newest messages of one subject, oldest first.
struct Tail
{
    std::vector<StreamMessage> messages;
    Seq completeAfter = 0; ///< everything of the subject above this is here
    Seq upTo = 0;
};
std::optional<Tail> readTail(const PastVisit &visit, const QByteArray &subject, int messagesMax);

/// `prices`: of the token's subject; `batches`: of all tokens.
TokenHistoryPtr joinHistory(const QByteArray &token, const Tail &prices, const Tail &batches);

} // namespace odin
