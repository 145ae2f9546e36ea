// CatchUp: where a session stands that resumes: between the position it named and what its shard has fanned out last.
// Values. Thread: confined to the shard's. Owner: the session, while it resumes.
#pragma once

#include "core/flow/pastsource.h"
#include "core/shard/subscription.h"

#include <deque>
#include <optional>

namespace odin {

struct CatchUp
{
    /// Frames with a sequence above this: one less than what the client saw, because that may name a batch.
    Seq from() const { return std::max<Seq>(0, command.resume->seq - 1); }

    /// Whether this frame is due to the client: of the past only what was not live for it before, and of the sequence
    /// that it named only a batch's updates.
    bool isDue(const Frame &frame, const Subscription &wanted) const
    {
        if (frame.seq == command.resume->seq && !frame.batched)
            return false;
        return wanted.wants(frame.channel, frame.token)
            && (frame.seq > liveFrom || !liveBefore.wants(frame.channel, frame.token));
    }

    std::optional<qint64> id;
    SubscribeCommand command;       ///< with resume
    SteadyTime asked;
    std::deque<Command> deferred;   ///< what the client changes meanwhile, done afterwards
    bool isQueued = false;          ///< waits for its turn
    bool waitsForPast = false;
    bool pastFailed = false;
    PastRangePtr past;              ///< what the ring does not have

    // Once it is decided that it can be had
    bool isReplaying = false;
    Seq at = 0;                     ///< everything up to here was sent
    Seq liveFrom = 0;               ///< up to here `liveBefore` was delivered as it came
    Subscription liveBefore;
};

} // namespace odin
