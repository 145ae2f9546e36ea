#include "simulator/market/day.h"

#include <numeric>

namespace odin {

namespace {

constexpr std::int64_t minutesPerDay = 1440;

std::size_t slot(std::int64_t minute)
{
    return static_cast<std::size_t>((minute % minutesPerDay + minutesPerDay) % minutesPerDay); // before 1970 too
}

} // namespace

void Day::trade(std::chrono::milliseconds at, double price, double volume)
{
    const std::int64_t minute = std::chrono::floor<std::chrono::minutes>(at).count();
    if (m_minutes.empty() || minute < m_minute - minutesPerDay)
        restart(minute, price);
    else if (minute > m_minute)
        advanceTo(minute);
    auto &bucket = m_minutes[slot(m_minute)];
    bucket.volume += volume;
    bucket.close = price;
}

double Day::volume24h() const
{
    return std::accumulate(m_minutes.begin(), m_minutes.end(), 0.0,
                           [](double sum, const Minute &minute) { return sum + minute.volume; });
}

double Day::priceChange24h() const { return m_minutes.empty() ? 0 : (newest().close / m_reference - 1) * 100; }

const Day::Minute &Day::newest() const { return m_minutes[slot(m_minute)]; }

void Day::restart(std::int64_t minute, double price)
{
    m_minutes.assign(minutesPerDay, {0, price});
    m_minute = minute;
    m_reference = price;
}

void Day::advanceTo(std::int64_t minute)
{
    const double last = newest().close;
    if (minute - m_minute > minutesPerDay) // nothing of the old window is left but its last price
        return restart(minute, last);
    while (m_minute < minute) {
        auto &oldest = m_minutes[slot(++m_minute)];
        m_reference = oldest.close;
        oldest = {0, last};
    }
}

} // namespace odin
