// Walk: the price of one simulated token as a geometric Brownian motion with jumps.
// Thread: confined to its user's. Owner: the token's TokenMarket.
#pragma once

#include "simulator/market/random.h"

#include <chrono>

namespace odin {

/// Per year of 365 days. Values that make no sense (not finite, negative, huge) are cut to the next that do.
struct WalkParameters
{
    double volatility = 0.6;    ///< standard deviation of the log return without jumps, 0.6 = 60 %
    double drift = 0;           ///< growth of the expected price, jumps included
    double jumpsPerYear = 0;
    double jumpDeviation = 0;   ///< standard deviation of one jump's log return; its mean is 0
};

class Walk
{
public:
    Walk(double price, WalkParameters parameters, Random random);

    /// Moves on by dt and gives the new price, exact for any dt (no discretisation error):
    ///   S' = S exp((mu - s^2/2 - l k) dt + s sqrt(dt) Z + sum of N jumps)
    /// Sources: Hull, "Options, Futures, and Other Derivatives", eq. 15.3 (geometric Brownian motion) and
    /// Merton, "Option pricing when underlying stock returns are discontinuous" (1976): N is Poisson(l dt), the log of
    /// a jump is normal(0, d), k = exp(d^2/2) - 1. The price stays within simulatorPriceMin and simulatorPriceMax.
    double step(std::chrono::milliseconds dt);

    double price() const { return m_price; }
    const WalkParameters &parameters() const { return m_parameters; }
    /// For the steps from now on; the price stays.
    void setParameters(const WalkParameters &parameters);
    /// Moves the price by a factor, out of turn.
    void scale(double factor);

private:
    WalkParameters m_parameters;
    Random m_random;
    double m_price;
};

} // namespace odin
