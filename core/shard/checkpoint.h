// Checkpoint: asks the guard about a guest and counts its answers, for the door and for what a session is told later (auth).
// Thread: its shard's. Owner: whoever asks. What the guard names outlives the tickets that guests get here.
#pragma once

#include "core/flow/counters.h"
#include "core/flow/guard.h"
#include "core/shard/guest.h"

#include <optional>

namespace odin {

/// Each call: nothing = come in, else why not. In a dry run nobody is turned away for caps, hosts and origins: only counted.
class Checkpoint
{
public:
    Checkpoint(Guard guard, ShardCounters &counters) : m_guard(guard), m_counters(counters) {}

    bool isBalancer(const QHostAddress &peer) const { return m_guard.door && m_guard.door->isBalancer(peer); }
    /// A connection of this address, which counts as long as the ticket lives.
    std::optional<Turnaway> arrive(const QHostAddress &address, TicketPtr &ticket);
    std::optional<Turnaway> judge(const RequestHead &head, bool isTls);
    /// Who asks for a WebSocket with this request: the guest gets an identity, or a ticket of those who have none yet.
    std::optional<Turnaway> identify(const RequestHead &head, Guest &guest);
    /// Sets the guest's identity and its ticket as a user. It ceases to be unknown. `fault`: of a token that is not valid.
    std::optional<Turnaway> logIn(QByteArrayView token, Guest &guest, TokenFault *fault = nullptr);

private:
    std::optional<Turnaway> heed(std::optional<Turnaway> answer);
    std::optional<Turnaway> letInUnknown(Guest &guest);
    std::optional<Turnaway> letInUser(Guest &guest);

    const Guard m_guard;
    ShardCounters &m_counters;
};

} // namespace odin
