// SequenceCheck: whether one client gets each update of a token once and in order, by the seq and prev of its updates
// (docs/api-spec.md, "Sequences"). Thread: confined to its client's. Owner: the client. Pure.
#pragma once

#include "simulator/swarm/updatereader.h"

#include <algorithm>
#include <vector>

namespace odin::swarm {

class SequenceCheck
{
public:
    enum class Verdict {
        InOrder,
        Hole,      ///< between this and the token's one before it something is missing, and nothing says so
        Duplicate, ///< came before, with the same sequence
        Disorder,  ///< is older than what came before
    };

    Verdict see(const UpdateFacts &update)
    {
        auto &last = lastOf(update.token);
        if (update.seq <= last)
            return update.seq == last ? Verdict::Duplicate : Verdict::Disorder;
        const bool isHole = last != 0 && update.prev != 0 && update.prev != last && update.conflated == 0;
        last = update.seq;
        m_highest = std::max(m_highest, last);
        return isHole ? Verdict::Hole : Verdict::InOrder;
    }

    /// A snapshot: a new beginning for its token.
    void begin(const UpdateFacts &latest)
    {
        lastOf(latest.token) = latest.seq;
        m_highest = std::max(m_highest, latest.seq);
    }

    void forget() { *this = {}; }

    /// The position to resume from.
    std::int64_t highest() const { return m_highest; }

private:
    std::int64_t &lastOf(int token)
    {
        if (std::size_t(token) >= m_last.size())
            m_last.resize(std::size_t(token) + 1);
        return m_last[std::size_t(token)];
    }

    std::vector<std::int64_t> m_last; // by token; 0 = none yet
    std::int64_t m_highest = 0;
};

} // namespace odin::swarm
