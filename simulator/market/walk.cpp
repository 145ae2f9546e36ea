#include "simulator/market/walk.h"

#include "core/model/limits.h"

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

double cut(double value, double low, double high)
{
    return std::isnan(value) ? low : std::clamp(value, low, high);
}

double cutPrice(double price) { return cut(price, limits::simulatorPriceMin, limits::simulatorPriceMax); }

WalkParameters cut(const WalkParameters &p)
{
    constexpr double driftMax = limits::simulatorDriftMax;
    return {cut(p.volatility, 0, limits::simulatorVolatilityMax),
            std::isnan(p.drift) ? 0 : std::clamp(p.drift, -driftMax, driftMax), cut(p.jumpsPerYear, 0, 1e6),
            cut(p.jumpDeviation, 0, 1)};
}

} // namespace

Walk::Walk(double price, WalkParameters parameters, Random random)
    : m_parameters(cut(parameters))
    , m_random(random)
    , m_price(cutPrice(price))
{
}

void Walk::setParameters(const WalkParameters &parameters) { m_parameters = cut(parameters); }

void Walk::scale(double factor) { m_price = cutPrice(m_price * factor); }

double Walk::step(std::chrono::milliseconds dt)
{
    using Years = std::chrono::duration<double, std::ratio<365 * 86'400>>;
    const auto &[s, mu, rate, d] = m_parameters;
    const double years = std::max(0.0, Years(dt).count());
    const double jumpGrowth = std::expm1(d * d / 2);

    double logReturn = (mu - s * s / 2 - rate * jumpGrowth) * years + s * std::sqrt(years) * m_random.normal();
    if (const int jumps = m_random.poisson(rate * years))
        logReturn += d * std::sqrt(jumps) * m_random.normal(); // the sum of that many normals
    return m_price = cutPrice(m_price * std::exp(logReturn));
}

} // namespace odin
