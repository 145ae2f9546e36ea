// AddressCaps: how many connections an address has, how fast it makes new ones, and how often it failed to log in.
// Pure, the clock is an argument. Thread: one at a time. Owner: DoorKeeper.
#pragma once

#include "core/base/ratebudget.h"
#include "core/model/turnaway.h"
#include "core/model/types.h"
#include "core/security/addresskey.h"

#include <QHash>

#include <optional>

namespace odin {

class AddressCaps
{
public:
    struct Limits
    {
        int connections; ///< at once
        int connectsPerSecond; ///< sustained; twice as many in a burst, because a page asks for its files at once
        int failedLogins; ///< within limits::loginWindowMs
    };

    /// `addressesMax`: further addresses share one count, until some have been idle.
    AddressCaps(const Limits &caps, int addressesMax);

    /// It counts until left(), also when the answer is no.
    std::optional<Turnaway> arrived(const AddressKey &address, SteadyTime now);
    void left(const AddressKey &address);
    std::optional<Turnaway> mayLogIn(const AddressKey &address, SteadyTime now) const;
    void loginFailed(const AddressKey &address, SteadyTime now);

    qsizetype addresses() const { return m_entries.size(); }

private:
    struct Entry
    {
        int connections = 0;
        int failures = 0;
        RateBudget connects{};
        SteadyTime arrivedAt{};
        SteadyTime failedAt{}; // the first of `failures`
    };
    bool isFull() const { return m_entries.size() >= m_addressesMax; }
    Entry &entryOf(const AddressKey &address, SteadyTime now);
    bool isIdle(const Entry &entry, SteadyTime now) const;
    void sweep(SteadyTime now);

    const Limits m_caps;
    const int m_addressesMax;
    QHash<quint64, Entry> m_entries; // by AddressKey, seeded: nobody can choose addresses that collide
    Entry m_others;
    SteadyTime m_sweptAt{};
};

} // namespace odin
