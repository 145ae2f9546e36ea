// Mailbox<T>: the one way data crosses threads. Many producers, one consumer.
// Thread: push() from any thread, everything else on the consumer's. Owner: the consumer.
// Its bound lives inside: offer() says whether the items were taken, nobody checks a size afterwards.
#pragma once

#include "core/base/wakefd.h"

#include <cstddef>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace odin {

enum class Offer { Queued, Overflow };

template<class T>
class Mailbox
{
public:
    explicit Mailbox(std::size_t itemsMax) : m_itemsMax(itemsMax) {}

    /// Takes all of the items or, when they do not fit, none of them. Wakes the consumer once per batch.
    [[nodiscard]] Offer offer(std::span<const T> items)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_items.size() + items.size() > m_itemsMax)
                return Offer::Overflow;
            m_items.insert(m_items.end(), items.begin(), items.end());
            if (std::exchange(m_awake, true))
                return Offer::Queued;
        }
        m_wake.wake();
        return Offer::Queued;
    }

    [[nodiscard]] Offer offer(T item)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_items.size() >= m_itemsMax)
                return Offer::Overflow;
            m_items.push_back(std::move(item));
            if (std::exchange(m_awake, true))
                return Offer::Queued;
        }
        m_wake.wake();
        return Offer::Queued;
    }

    /// Swaps everything that waits into `into` (which is cleared first and keeps its capacity for the next round).
    void drain(std::vector<T> &into)
    {
        into.clear();
        m_wake.clear();
        const std::lock_guard lock(m_mutex);
        m_awake = false;
        into.swap(m_items);
    }

    std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_items.size();
    }

    /// Readable while something waits: watch it with a QSocketNotifier on the consumer's thread.
    int fd() const { return m_wake.fd(); }

private:
    const std::size_t m_itemsMax;
    WakeFd m_wake;
    mutable std::mutex m_mutex;
    std::vector<T> m_items; // guarded by m_mutex
    bool m_awake = false;   // guarded by m_mutex: the consumer has been woken and has not drained yet
};

} // namespace odin
