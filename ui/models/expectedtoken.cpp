#include "ui/models/expectedtoken.h"

namespace odin {

namespace {

template<class T>
void expect(Expected<T> &expected, const std::optional<T> &value)
{
    if (value)
        expected.expect(*value);
}

} // namespace

void ExpectedToken::expect(const SimulatedTokenChange &change)
{
    odin::expect(m_on, change.on);
    odin::expect(m_intervalMin, change.intervalMin);
    odin::expect(m_intervalMax, change.intervalMax);
    odin::expect(m_volatility, change.volatility);
    odin::expect(m_drift, change.drift);
}

void ExpectedToken::settle(SimulatedToken &token)
{
    token.on = m_on.settle(token.on);
    token.intervalMin = m_intervalMin.settle(token.intervalMin);
    token.intervalMax = m_intervalMax.settle(token.intervalMax);
    token.volatility = m_volatility.settle(token.volatility);
    token.drift = m_drift.settle(token.drift);
}

SimulatedToken changed(SimulatedToken token, const SimulatedTokenChange &change)
{
    token.on = change.on.value_or(token.on);
    token.intervalMin = change.intervalMin.value_or(token.intervalMin);
    token.intervalMax = change.intervalMax.value_or(token.intervalMax);
    token.volatility = change.volatility.value_or(token.volatility);
    token.drift = change.drift.value_or(token.drift);
    return token;
}

} // namespace odin
