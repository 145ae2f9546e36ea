#include "core/security/addresscaps.h"

#include "core/model/limits.h"

#include <algorithm>
#include <bit>

namespace odin {

namespace {

constexpr int burstSeconds = 2;

// Walking over a full table takes about a millisecond.
constexpr std::chrono::seconds sweepEvery{10}, sweepEveryWhenFull{1};

quint64 numberOf(const AddressKey &key) { return std::bit_cast<quint64>(key); }

} // namespace

AddressCaps::AddressCaps(const Limits &caps, int addressesMax)
    : m_caps(caps), m_addressesMax(addressesMax)
{
}

std::optional<Turnaway> AddressCaps::arrived(const AddressKey &address, SteadyTime now)
{
    auto &entry = entryOf(address, now);
    const bool isSlowEnough = entry.connects.take(now, m_caps.connectsPerSecond, burstSeconds * m_caps.connectsPerSecond);
    entry.arrivedAt = now;
    if (++entry.connections > m_caps.connections)
        return Turnaway::AddressConnections;
    return isSlowEnough ? std::nullopt : std::optional(Turnaway::AddressRate);
}

// Of an address that has arrived while the table was full and again when it was not, both counts together are right.
void AddressCaps::left(const AddressKey &address)
{
    const auto found = m_entries.find(numberOf(address));
    auto &entry = found != m_entries.end() && found->connections > 0 ? *found : m_others;
    entry.connections = std::max(0, entry.connections - 1);
}

std::optional<Turnaway> AddressCaps::mayLogIn(const AddressKey &address, SteadyTime now) const
{
    const auto found = m_entries.constFind(numberOf(address));
    if (found == m_entries.cend() && !isFull())
        return {};
    const auto &entry = found == m_entries.cend() ? m_others : *found;
    const bool isOver = entry.failures >= m_caps.failedLogins && now - entry.failedAt < limits::loginWindowMs;
    return isOver ? std::optional(Turnaway::FailedLogins) : std::nullopt;
}

void AddressCaps::loginFailed(const AddressKey &address, SteadyTime now)
{
    auto &entry = entryOf(address, now);
    if (entry.failures == 0 || now - entry.failedAt >= limits::loginWindowMs) {
        entry.failures = 0;
        entry.failedAt = now;
    }
    ++entry.failures;
}

AddressCaps::Entry &AddressCaps::entryOf(const AddressKey &address, SteadyTime now)
{
    if (const auto found = m_entries.find(numberOf(address)); found != m_entries.end())
        return *found;
    sweep(now);
    if (isFull())
        return m_others;
    return *m_entries.insert(numberOf(address), Entry{.arrivedAt = now});
}

// A new entry would say the same.
bool AddressCaps::isIdle(const Entry &entry, SteadyTime now) const
{
    return entry.connections == 0 && now - entry.arrivedAt >= std::chrono::seconds(burstSeconds)
        && (entry.failures == 0 || now - entry.failedAt >= limits::loginWindowMs);
}

void AddressCaps::sweep(SteadyTime now)
{
    if (now - m_sweptAt < (isFull() ? sweepEveryWhenFull : sweepEvery))
        return;
    m_sweptAt = now;
    m_entries.removeIf([&](const auto &entry) { return isIdle(*entry, now); });
}

} // namespace odin
