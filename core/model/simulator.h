// The simulator as an operator sees it. Values; any thread.
#pragma once

#include <QByteArray>

#include <chrono>
#include <vector>

namespace odin {

/// One simulated token as an operator sees it.
struct SimulatedToken
{
    QByteArray token;
    bool on = true;
    std::chrono::milliseconds intervalMin{1000};
    std::chrono::milliseconds intervalMax{5000};
    double volatility = 0;      ///< annualised, 0.6 = 60 %
    double drift = 0;           ///< annualised

    bool operator==(const SimulatedToken &) const = default;
};

struct SimulatorStatus
{
    bool running = false;       ///< publishing at all
    quint64 seed = 0;
    quint64 published = 0;      ///< acknowledged messages
    quint64 failed = 0;         ///< publishes given up after their retries
    std::vector<SimulatedToken> tokens;
};

} // namespace odin
