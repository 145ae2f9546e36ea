// operator -> simulator: what the console and the admin port may do to simulated prices.
#pragma once

#include "core/model/result.h"
#include "core/model/simulator.h"

namespace odin {

/// Every call from any thread; none waits for the bus or for a file. Errors are sentences for an operator.
class SimulatorControl
{
public:
    virtual ~SimulatorControl() = default;
    virtual SimulatorStatus status() const = 0;
    /// Acts at once, as a whole or not at all.
    virtual Result<Done> changeToken(const QByteArray &token, const SimulatedTokenChange &change) = 0;
    /// Acts at once. Only a restart and a file begin a little later; should they fail, status().problem says why.
    virtual Result<Done> command(const SimulatorCommand &command) = 0;
};

} // namespace odin
