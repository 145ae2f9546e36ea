// FakeGateway: an OperatorPort that says what a test tells it to say.
// Thread: main. Owner: the test.
#pragma once

#include "core/flow/operatorport.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace odin {

class FakeGateway final : public OperatorPort
{
public:
    FakeGateway()
    {
        GatewaySnapshot live;
        live.takenMs = 1'700'000'000'000;
        live.upstream.state = UpstreamState::Live;
        live.connectionsMax = 1000;
        say(live);
    }

    void say(const GatewaySnapshot &snapshot) { m_snapshot = std::make_shared<const GatewaySnapshot>(snapshot); }
    /// What it says now, as a start for what it says next, a second later.
    GatewaySnapshot next() const
    {
        auto copy = *m_snapshot;
        copy.takenMs += 1000;
        return copy;
    }

    SnapshotPtr snapshot() const override
    {
        ++asked;
        return m_snapshot;
    }

    std::vector<LogEntry> log(quint64 after) const override
    {
        std::vector<LogEntry> newer;
        std::ranges::copy_if(logged, std::back_inserter(newer), [=](const auto &entry) { return entry.number > after; });
        return newer;
    }

    Result<Done> setTokenSimulated(const QByteArray &token, bool on) override
    {
        switched.push_back({token, on});
        if (!refusal.isEmpty())
            return Error{refusal};
        return Done{};
    }

    Result<Done> setSimulatedInterval(const QByteArray &, std::chrono::milliseconds, std::chrono::milliseconds) override
    {
        return Done{};
    }

    mutable int asked = 0;
    std::vector<std::pair<QByteArray, bool>> switched;
    QString refusal;
    std::vector<LogEntry> logged;

private:
    SnapshotPtr m_snapshot;
};

/// A snapshot in which BTC and ETH are simulated, BTC switched on, and only BTC has a price.
inline GatewaySnapshot simulating(GatewaySnapshot snapshot)
{
    snapshot.simulated = true;
    snapshot.simulator.emplace();
    snapshot.simulator->tokens = {{.token = "BTC", .on = true}, {.token = "ETH", .on = false}};
    snapshot.tokens = {{.token = "BTC",
                        .price = 64'218.42,
                        .priceChange24h = 1.82,
                        .volume24h = 12'400'000,
                        .seq = 7,
                        .timestampMs = snapshot.takenMs - 3'700}};
    return snapshot;
}

} // namespace odin
