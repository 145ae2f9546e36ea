// Totals: what a worker counted since it began. Counters and WorkerTotals are written by one worker and read by any thread;
// Totals is a copy. Thread: as said. Owner: the worker, or whoever holds the copy.
#pragma once

#include "core/base/histogram.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>

namespace odin::swarm {

enum class Count {
    Started, Connected, Refused, Failed, Dropped, Left, Open, Updates, Messages, Bytes, Holes, Duplicates, Disorder, Conflated,
    NotRecovered, Violations, CpuMicros,
    ClockOffsetMs, ///< of one worker, as it is now: means nothing in a sum
    End
};
inline constexpr std::size_t counts = std::size_t(Count::End);

struct Totals
{
    std::array<std::int64_t, counts> numbers{};
    HistogramSnapshot delivery; ///< from the publisher's timestamp to the client; of normal clients
    HistogramSnapshot connect;  ///< from connect() to the answer 101
    HistogramSnapshot lateness; ///< of the workers' own clock ticks
    std::map<int, std::int64_t> refusals; ///< by HTTP status
    std::map<int, std::int64_t> closes;   ///< by close code; 1006: without one

    std::int64_t operator[](Count count) const { return numbers[std::size_t(count)]; }
    Totals &operator+=(const Totals &other);
    /// What came since `earlier`. Count::Open stays as it is.
    Totals since(const Totals &earlier) const;
};

class WorkerTotals
{
public:
    void add(Count count, std::int64_t amount = 1)
    {
        auto &number = m_numbers[std::size_t(count)];
        number.store(number.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    void set(Count count, std::int64_t value) { m_numbers[std::size_t(count)].store(value, std::memory_order_relaxed); }
    void refused(int status);
    void closed(int code);
    Totals copy() const;

    Histogram delivery, connect, lateness;

private:
    static constexpr int firstStatus = 100, statuses = 500; // HTTP
    static constexpr int firstCode = 1000, codes = 4000;    // RFC 6455 section 7.4.2

    std::array<std::atomic<std::int64_t>, counts> m_numbers{};
    std::array<std::atomic<std::int32_t>, statuses> m_refusals{};
    std::array<std::atomic<std::int32_t>, codes> m_closes{};
};

} // namespace odin::swarm
