#include "core/base/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace odin {

static constexpr int linearSteps = 1 << Histogram::subBits;

// Below 2 * linearSteps a step is one microsecond wide; above, each power of two has linearSteps of them.
int Histogram::stepOf(std::uint64_t micros)
{
    const int shift = std::max(0, static_cast<int>(std::bit_width(micros)) - subBits - 1);
    const std::uint64_t step = static_cast<std::uint64_t>(shift) * linearSteps + (micros >> shift);
    return static_cast<int>(std::min<std::uint64_t>(step, steps - 1));
}

std::uint64_t Histogram::upperEdgeMicros(int step)
{
    const int shift = std::max(0, step / linearSteps - 1);
    const auto base = static_cast<std::uint64_t>(step - shift * linearSteps);
    return ((base + 1) << shift) - 1;
}

// One writer: a load and a store are enough, and cheaper than a locked addition.
static void add(std::atomic<std::uint64_t> &counter, std::uint64_t amount)
{
    counter.store(counter.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
}

void Histogram::record(std::chrono::nanoseconds value, std::uint64_t times)
{
    const auto micros = static_cast<std::uint64_t>(std::max<std::int64_t>(0, value.count()) / 1000);
    add(m_counts[static_cast<std::size_t>(stepOf(micros))], times);
    add(m_sumMicros, micros * times);
}

HistogramSnapshot Histogram::snapshot() const
{
    HistogramSnapshot copy;
    copy.m_counts.reserve(steps);
    for (const auto &counter : m_counts)
        copy.m_counts.push_back(counter.load(std::memory_order_relaxed));
    copy.m_sumMicros = m_sumMicros.load(std::memory_order_relaxed);
    return copy;
}

std::uint64_t HistogramSnapshot::count() const
{
    return std::accumulate(m_counts.begin(), m_counts.end(), std::uint64_t{0});
}

HistogramSnapshot::Micros HistogramSnapshot::percentile(double p) const
{
    const double share = std::clamp(p / 100.0, 0.0, 1.0);
    constexpr double rounding = 1e-6; // 99.9 % of 1,000 is the 999th value, not the 1,000th
    const double rank = std::max(1.0, std::ceil(share * static_cast<double>(count()) - rounding));
    std::uint64_t seen = 0;
    for (std::size_t step = 0; step < m_counts.size(); ++step) {
        seen += m_counts[step];
        if (static_cast<double>(seen) >= rank)
            return Micros(Histogram::upperEdgeMicros(static_cast<int>(step)));
    }
    return Micros::zero();
}

HistogramSnapshot::Micros HistogramSnapshot::max() const { return percentile(100); }

double HistogramSnapshot::meanMicros() const
{
    const std::uint64_t total = count();
    return total == 0 ? 0.0 : static_cast<double>(m_sumMicros) / static_cast<double>(total);
}

std::vector<std::pair<HistogramSnapshot::Micros, std::uint64_t>> HistogramSnapshot::filledSteps() const
{
    std::vector<std::pair<Micros, std::uint64_t>> filled;
    for (std::size_t step = 0; step < m_counts.size(); ++step) {
        if (m_counts[step] > 0)
            filled.emplace_back(Histogram::upperEdgeMicros(static_cast<int>(step)), m_counts[step]);
    }
    return filled;
}

HistogramSnapshot &HistogramSnapshot::operator+=(const HistogramSnapshot &other)
{
    m_counts.resize(std::max(m_counts.size(), other.m_counts.size()));
    for (std::size_t step = 0; step < other.m_counts.size(); ++step)
        m_counts[step] += other.m_counts[step];
    m_sumMicros += other.m_sumMicros;
    return *this;
}

// Never below zero: the two copies are not taken at one instant, and a histogram may have been replaced in between.
HistogramSnapshot HistogramSnapshot::operator-(const HistogramSnapshot &earlier) const
{
    HistogramSnapshot rest = *this;
    const std::size_t common = std::min(m_counts.size(), earlier.m_counts.size());
    for (std::size_t step = 0; step < common; ++step)
        rest.m_counts[step] -= std::min(rest.m_counts[step], earlier.m_counts[step]);
    rest.m_sumMicros -= std::min(rest.m_sumMicros, earlier.m_sumMicros);
    return rest;
}

} // namespace odin
