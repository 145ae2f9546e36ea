// FakePublisher: a bus of the test: keeps what it is given, fails or blocks as told.
// Thread: publish() from one, everything else from any. Owner: the test.
#pragma once

#include "core/flow/buspublisher.h"
#include "simulator/market/messagesource.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

namespace odin {

class FakePublisher final : public BusPublisher
{
public:
    Result<Seq> publish(const QByteArray &subject, const QByteArray &payload, const QByteArray &messageId) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_tries.push_back({subject, payload, messageId});
        }
        while (hangs)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (failures > 0) {
            --failures;
            return Error{QStringLiteral("the bus is away")};
        }
        return ++m_seq;
    }

    std::vector<BusMessage> tries() const
    {
        const std::lock_guard lock(m_mutex);
        return m_tries;
    }

    std::size_t count(QByteArrayView subject = {}) const
    {
        const auto all = tries();
        return std::size_t(std::count_if(all.begin(), all.end(), [&](const BusMessage &message) {
            return subject.isEmpty() || message.subject == subject;
        }));
    }

    std::atomic<int> failures{0};   ///< tries that fail from now on
    std::atomic<bool> hangs{false}; ///< no try returns

private:
    mutable std::mutex m_mutex;
    std::vector<BusMessage> m_tries; // guarded by m_mutex
    Seq m_seq = 0;
};

} // namespace odin
