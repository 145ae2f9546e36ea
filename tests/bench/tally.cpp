#include "tests/bench/tally.h"

#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace odin::bench {

namespace {

constexpr std::string_view marker = "\"price:update\"";

std::int64_t wallMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

double ownCpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

} // namespace

std::int64_t percentile(std::vector<std::int64_t> &values, double share)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

void Tally::text(std::string_view payload)
{
    ++m_texts;
    if (payload.substr(0, 64).find(marker) != std::string_view::npos)
        count(payload);
}

void Tally::binary(std::string_view payload)
{
    for (auto at = payload.find(marker); at != std::string_view::npos;) {
        const auto next = payload.find(marker, at + marker.size());
        count(payload.substr(at, next == std::string_view::npos ? next : next - at));
        at = next;
    }
}

void Tally::count(std::string_view update)
{
    m_updateBytes += update.size();
    if (++m_updates % sampleEvery != 0)
        return;
    constexpr std::string_view name = "\"timestamp\":";
    const auto at = update.find(name);
    std::int64_t timestamp = 0;
    if (at != std::string_view::npos)
        std::from_chars(update.data() + at + name.size(), update.data() + update.size(), timestamp);
    m_agesMs.push_back(wallMs() - timestamp);
}

std::string Tally::report()
{
    char line[512];
    std::snprintf(line, sizeof line,
                  R"({"texts":%llu,"updates":%llu,"updateBytes":%llu,"bytes":%llu,"pings":%llu,"violations":%llu,)"
                  R"("closed":%llu,"cpu":%.3f,"ages":%zu,"ageMsP50":%lld,"ageMsP99":%lld,"ageMsMax":%lld})"
                  "\n",
                  static_cast<unsigned long long>(m_texts), static_cast<unsigned long long>(m_updates),
                  static_cast<unsigned long long>(m_updateBytes), static_cast<unsigned long long>(bytes),
                  static_cast<unsigned long long>(pings), static_cast<unsigned long long>(violations),
                  static_cast<unsigned long long>(closed), ownCpuSeconds(), m_agesMs.size(),
                  static_cast<long long>(percentile(m_agesMs, 0.5)), static_cast<long long>(percentile(m_agesMs, 0.99)),
                  static_cast<long long>(percentile(m_agesMs, 1)));
    m_agesMs.clear();
    return line;
}

} // namespace odin::bench
