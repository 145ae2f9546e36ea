// operator -> simulator: what the console and the admin port may do to simulated prices.
#pragma once

#include "core/model/simulator.h"

namespace odin {

/// Every call from any thread; takes effect at once.
class SimulatorControl
{
public:
    virtual ~SimulatorControl() = default;
    virtual SimulatorStatus status() const = 0;
    /// False when the token is not simulated.
    virtual bool setTokenOn(const QByteArray &token, bool on) = 0;
    /// False when the token is not simulated or the interval is out of bounds (simulatorIntervalMsMin).
    virtual bool setInterval(const QByteArray &token, std::chrono::milliseconds min,
                             std::chrono::milliseconds max) = 0;
};

} // namespace odin
