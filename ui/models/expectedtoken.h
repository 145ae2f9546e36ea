// ExpectedToken: what a simulated token was told to be, until snapshots say the same.
// Thread: any. Owner: a value, of the model that shows the token.
#pragma once

#include "core/model/simulator.h"
#include "ui/models/expected.h"

namespace odin {

class ExpectedToken
{
public:
    void expect(const SimulatedTokenChange &change);
    /// Once per snapshot: the token as it is to be shown.
    void settle(SimulatedToken &token);

private:
    Expected<bool> m_on;
    Expected<std::chrono::milliseconds> m_intervalMin;
    Expected<std::chrono::milliseconds> m_intervalMax;
    Expected<double> m_volatility;
    Expected<double> m_drift;
};

/// The token after the change.
SimulatedToken changed(SimulatedToken token, const SimulatedTokenChange &change);

} // namespace odin
