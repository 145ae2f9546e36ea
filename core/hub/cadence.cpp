#include "core/hub/cadence.h"

#include "core/model/limits.h"

#include <algorithm>
#include <utility>

namespace odin {

namespace {

constexpr double gain = 1.0 / 16;
constexpr double deviations = 8;
constexpr double largestFactor = 2;
constexpr double doubt = 8; // the estimate of the first n gaps is taken by 1 + doubt / n too large

} // namespace

void Cadence::heard(SteadyTime at)
{
    if (!std::exchange(m_isContinuous, true)) {
        m_last = m_counted = at;
        m_worst = {};
        return;
    }
    m_worst = std::max<Millis>(m_worst, at - m_last); // a clock that was set back gives less than nothing
    m_last = at;
    if (at - m_counted < limits::cadenceStepMs)
        return;
    m_counted = at;
    learn(std::exchange(m_worst, {}));
    m_expected = estimate();
}

void Cadence::learn(Millis gap)
{
    // A death is no cadence: it may at most double what is expected. A token that has become slower for good is learned
    // in a few such steps.
    if (m_expected)
        gap = std::min<Millis>(gap, *m_expected);
    if (m_known == 0) {
        m_mean = gap;
        m_deviation = gap / 2;
    } else {
        const auto error = gap - m_mean;
        m_deviation += gain * (std::chrono::abs(error) - m_deviation);
        m_mean += gain * error;
    }
    m_known = std::min(m_known + 1, limits::cadenceGapsKept);
    remember(gap);
}

// Two rounds: an exact largest of the last one to two, without keeping each gap.
void Cadence::remember(Millis gap)
{
    if (m_inRound++ == limits::cadenceGapsKept) {
        m_inRound = 1;
        m_largestBefore = std::exchange(m_largest, {});
    }
    m_largest = std::max(m_largest, gap);
}

std::optional<std::chrono::milliseconds> Cadence::estimate() const
{
    if (m_known < limits::cadenceGapsMin)
        return {};
    const auto largest = std::max(m_largest, m_largestBefore);
    const auto silence = std::max(m_mean + deviations * m_deviation, largestFactor * largest) * (1 + doubt / m_known);
    if (silence > limits::staleMsMax)
        return {};
    return std::max(limits::staleMsMin, std::chrono::duration_cast<std::chrono::milliseconds>(silence));
}

} // namespace odin
