// Histogram: log-linear counts of durations, as HdrHistogram has them: 32 linear steps per power of two,
// so a value is off by at most 1/32. From 1 us to about 1 h; what is longer counts in the last step.
// Thread: one writer, any reader (relaxed atomics, no lock). Owner: the writer. snapshot() copies.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

namespace odin {

/// An immutable copy: percentiles and differences.
class HistogramSnapshot
{
public:
    using Micros = std::chrono::microseconds;

    std::uint64_t count() const;
    /// Upper edge of the step that holds the p-th percentile (0 < p <= 100); 0 when empty.
    Micros percentile(double p) const;
    Micros max() const;
    double meanMicros() const;
    /// Upper edge and count of each step that holds something, in order.
    std::vector<std::pair<Micros, std::uint64_t>> filledSteps() const;

    HistogramSnapshot &operator+=(const HistogramSnapshot &other);
    /// What came since `earlier`, a snapshot of the same histogram (or of the same sum).
    HistogramSnapshot operator-(const HistogramSnapshot &earlier) const;

private:
    friend class Histogram;
    std::vector<std::uint64_t> m_counts; // empty = all zero
    std::uint64_t m_sumMicros = 0;
};

class Histogram
{
public:
    static constexpr int subBits = 5;
    static constexpr int steps = (1 << subBits) * (32 - subBits + 1);

    void record(std::chrono::nanoseconds value, std::uint64_t times = 1);
    HistogramSnapshot snapshot() const;

    static int stepOf(std::uint64_t micros);
    static std::uint64_t upperEdgeMicros(int step);

private:
    std::array<std::atomic<std::uint64_t>, steps> m_counts{};
    std::atomic<std::uint64_t> m_sumMicros{0};
};

} // namespace odin
