// Cadence: learns the gaps between the updates of one token, and says what silence is still normal for it. No clock.
// A value; confined to the thread of its owner. Owner: SilenceWatch.
//
// Mean and mean deviation of the gaps as TCP estimates its round trips (RFC 6298, Jacobson and Karels), with one gain
// of 1/16 for both. Those alone would call a token stale too often whose updates come at random, so twice the largest
// of the last n gaps counts too, n = 256 to 511: of exponential gaps the next exceeds twice the largest of n with
// probability 2 / ((n + 1)(n + 2)), whatever their rate, which is 1 in 65,000 on average. (Of n gaps the largest, M,
// has exp(-M) distributed as the smallest of n uniform numbers; that is the mean of its square.)
#pragma once

#include "core/model/types.h"

#include <optional>

namespace odin {

class Cadence
{
public:
    /// An update. Those that come within limits::cadenceStepMs count as one, with the largest gap among them: so a
    /// burst is no cadence, and nothing is forgotten the sooner for it.
    void heard(SteadyTime at);
    /// The time from the last update to the next is nobody's silence: nothing is learned from it.
    void interrupt() { m_isContinuous = false; }
    /// The longest normal silence, limits::staleMsMin at least. Nothing while too little is known, or for a token that
    /// is silent for longer than limits::staleMsMax as a rule.
    std::optional<std::chrono::milliseconds> expected() const { return m_expected; }

private:
    using Millis = std::chrono::duration<double, std::milli>;

    void learn(Millis gap);
    void remember(Millis gap);
    std::optional<std::chrono::milliseconds> estimate() const;

    bool m_isContinuous = false;
    SteadyTime m_last;           // update
    SteadyTime m_counted;        // update at which a gap was learned
    Millis m_worst{0};           // gap since then
    Millis m_mean{0};
    Millis m_deviation{0};
    Millis m_largest{0};         // of the gaps of this round of limits::cadenceGapsKept
    Millis m_largestBefore{0};   // of the round before
    int m_inRound = 0;
    int m_known = 0;             // gaps learned, up to a round
    std::optional<std::chrono::milliseconds> m_expected;
};

} // namespace odin
