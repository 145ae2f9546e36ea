#include "simulator/market/tokenmarket.h"

#include "core/model/limits.h"

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

using namespace std::chrono_literals;

// What is traded in dt: the daily mean's share, times a log-normal of mean 1, because trades are mostly small.
double tradedVolume(double dailyVolume, std::chrono::milliseconds dt, Random &random)
{
    constexpr double deviation = 0.8;
    const double share = std::chrono::duration<double, std::ratio<86'400>>(dt).count();
    return dailyVolume * share * std::exp(deviation * random.normal() - deviation * deviation / 2);
}

} // namespace

TokenMarket::TokenMarket(const TokenProfile &profile, quint64 seed, Past past)
    : m_dailyVolume(std::isfinite(profile.dailyVolume)
                        ? std::clamp(profile.dailyVolume, 0.0, limits::simulatorVolumeMax) : 0)
    , m_walk(profile.price, profile.walk, Random(seed, profile.token + "/price"))
    , m_volumes(seed, profile.token + "/volume")
{
    m_quote.token = profile.token;
    if (past == Past::Day)
        livePastDay(profile, seed);
    trade(m_walk.price(), 0);
}

const Quote &TokenMarket::tick(std::chrono::milliseconds dt, const ScenarioEffect &effect)
{
    m_clock += dt;
    ++m_ticks;
    const double price = std::max(m_walk.step(dt) * effect.priceFactor, limits::simulatorPriceMin);
    const double volume = tradedVolume(m_dailyVolume, dt, m_volumes);
    if (effect.stuck)
        m_day.trade(m_clock, price, volume); // the market goes on; only what is told of it stands still
    else
        trade(price, volume);
    return m_quote;
}

// A walk may be scaled by any factor and is still one: walk a day from anywhere, then scale its end to the price.
void TokenMarket::livePastDay(const TokenProfile &profile, quint64 seed)
{
    Random volumes(seed, profile.token + "/past volume");
    Walk past(m_walk.price(), profile.walk, Random(seed, profile.token + "/past price"));
    std::vector<double> closes(24 * 60);
    for (auto &close : closes)
        close = past.step(1min);
    const double scale = m_walk.price() / closes.back();
    for (const double close : closes) {
        const double price = std::clamp(close * scale, limits::simulatorPriceMin, limits::simulatorPriceMax);
        m_day.trade(m_clock, price, tradedVolume(m_dailyVolume, 1min, volumes));
        m_clock += 1min;
    }
}

void TokenMarket::trade(double price, double volume)
{
    m_quote.price = priceDigits(price);
    m_day.trade(m_clock, m_quote.price.toDouble(), volume); // the price that is published, not the unrounded one
    m_quote.volume24h = m_day.volume24h();
    m_quote.priceChange24h = m_day.priceChange24h();
}

} // namespace odin
