#include "app/loadtestprogress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace odin {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds showEvery{200};
constexpr int barWidth = 24;

std::string bar(double share)
{
    const auto filled = std::size_t(std::clamp(share, 0.0, 1.0) * barWidth);
    return std::string(filled, '#') + std::string(barWidth - filled, '.');
}

} // namespace

LoadTestProgress::LoadTestProgress() : m_isTerminal(::isatty(STDERR_FILENO)) {}

void LoadTestProgress::show(const swarm::Progress &now)
{
    m_isTerminal ? showBar(now) : showPhase(now);
}

void LoadTestProgress::showBar(const swarm::Progress &now)
{
    const auto time = steady_clock::now();
    const auto since = std::chrono::duration<double>(time - m_shownAt).count();
    if (time - m_shownAt < showEvery)
        return;
    const auto updates = now.totals[swarm::Count::Updates];
    std::fprintf(stderr, "\r%6d clients %-10s [%s] %6lld open, %9.0f updates/s, %lld holes, %lld dropped \033[K", now.clients,
                 now.isHolding ? "holding" : "connecting", bar(now.share).c_str(),
                 static_cast<long long>(now.totals[swarm::Count::Open]), double(updates - m_updates) / since,
                 static_cast<long long>(now.totals[swarm::Count::Holes]),
                 static_cast<long long>(now.totals[swarm::Count::Dropped]));
    m_updates = updates;
    m_shownAt = time;
}

void LoadTestProgress::showPhase(const swarm::Progress &now)
{
    if (now.clients == m_clients && now.isHolding == m_wasHolding)
        return;
    m_clients = now.clients;
    m_wasHolding = now.isHolding;
    std::fprintf(stderr, "%s %d clients\n", now.isHolding ? "holding" : "connecting", now.clients);
}

void LoadTestProgress::finish()
{
    if (m_isTerminal)
        std::fputs("\r\033[K", stderr);
}

} // namespace odin
