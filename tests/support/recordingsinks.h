// RecordingSinks: both sinks of a feed, that remember everything in order.
// Thread: written by the feed's thread, read by the test's; one lock. Owner: the test.
#pragma once

#include "core/flow/updatesink.h"
#include "core/flow/upstreamsink.h"

#include <mutex>
#include <vector>

namespace odin {

class RecordingSinks final : public UpdateSink, public UpstreamSink
{
public:
    void receive(StreamMessage message) override
    {
        const std::lock_guard lock(m_mutex);
        m_messages.push_back(std::move(message));
    }
    void resetStream() override
    {
        const std::lock_guard lock(m_mutex);
        m_messages.clear();
        ++m_resets;
    }
    void catchUp() override
    {
        const std::lock_guard lock(m_mutex);
        ++m_catchUps;
    }
    void tick(SteadyTime completeUpTo) override
    {
        const std::lock_guard lock(m_mutex);
        m_completeUpTo = completeUpTo;
    }
    void upstreamChanged(const UpstreamStatus &status) override
    {
        const std::lock_guard lock(m_mutex);
        m_states.push_back(status);
    }

    /// Since the start or the last reset.
    std::vector<StreamMessage> messages() const { return copy(m_messages); }
    std::vector<UpstreamStatus> states() const { return copy(m_states); }
    UpstreamStatus status() const
    {
        const std::lock_guard lock(m_mutex);
        return m_states.empty() ? UpstreamStatus() : m_states.back();
    }
    bool is(UpstreamState state) const { return !states().empty() && status().state == state; }
    int resets() const { return copy(m_resets); }
    int catchUps() const { return copy(m_catchUps); }
    /// Of the last tick; the epoch of the clock when there was none.
    SteadyTime completeUpTo() const { return copy(m_completeUpTo); }
    std::size_t count() const
    {
        const std::lock_guard lock(m_mutex);
        return m_messages.size();
    }

private:
    template<class T>
    T copy(const T &value) const
    {
        const std::lock_guard lock(m_mutex);
        return value;
    }

    mutable std::mutex m_mutex;
    std::vector<StreamMessage> m_messages; // guarded by m_mutex, like all below
    std::vector<UpstreamStatus> m_states;
    int m_resets = 0;
    int m_catchUps = 0;
    SteadyTime m_completeUpTo;
};

} // namespace odin
