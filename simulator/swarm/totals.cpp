#include "simulator/swarm/totals.h"

#include <algorithm>

namespace odin::swarm {

namespace {

using Tally = std::map<int, std::int64_t>;

Tally difference(const Tally &later, const Tally &earlier)
{
    Tally result;
    for (const auto &[key, value] : later) {
        const auto before = earlier.find(key);
        if (const auto more = value - (before == earlier.end() ? 0 : before->second); more != 0)
            result[key] = more;
    }
    return result;
}

template<class Counters>
Tally copyOf(const Counters &counters, int first)
{
    Tally result;
    for (std::size_t i = 0; i < counters.size(); ++i) {
        if (const auto value = counters[i].load(std::memory_order_relaxed); value != 0)
            result[first + int(i)] = value;
    }
    return result;
}

template<class Counters>
void count(Counters &counters, int place)
{
    counters[std::size_t(std::clamp(place, 0, int(counters.size()) - 1))].fetch_add(1, std::memory_order_relaxed);
}

} // namespace

Totals &Totals::operator+=(const Totals &other)
{
    for (std::size_t i = 0; i < counts; ++i)
        numbers[i] += other.numbers[i];
    delivery += other.delivery;
    connect += other.connect;
    lateness += other.lateness;
    for (const auto &[status, number] : other.refusals)
        refusals[status] += number;
    for (const auto &[code, number] : other.closes)
        closes[code] += number;
    return *this;
}

Totals Totals::since(const Totals &earlier) const
{
    auto result = *this;
    for (std::size_t i = 0; i < counts; ++i)
        result.numbers[i] -= earlier.numbers[i];
    result.numbers[std::size_t(Count::Open)] = numbers[std::size_t(Count::Open)];
    result.delivery = delivery - earlier.delivery;
    result.connect = connect - earlier.connect;
    result.lateness = lateness - earlier.lateness;
    result.refusals = difference(refusals, earlier.refusals);
    result.closes = difference(closes, earlier.closes);
    return result;
}

void WorkerTotals::refused(int status)
{
    add(Count::Refused);
    count(m_refusals, status - firstStatus);
}

void WorkerTotals::closed(int code)
{
    add(Count::Dropped);
    count(m_closes, code - firstCode);
}

Totals WorkerTotals::copy() const
{
    Totals result;
    for (std::size_t i = 0; i < counts; ++i)
        result.numbers[i] = m_numbers[i].load(std::memory_order_relaxed);
    result.delivery = delivery.snapshot();
    result.connect = connect.snapshot();
    result.lateness = lateness.snapshot();
    result.refusals = copyOf(m_refusals, firstStatus);
    result.closes = copyOf(m_closes, firstCode);
    return result;
}

} // namespace odin::swarm
