#include "simulator/market/catalog.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace odin {

namespace {

struct Row
{
    const char *token;
    double price;
    double dailyVolume;
    double volatility;
    double jumpsPerYear;
    double jumpDeviation;
};

constexpr std::array rows{
    Row{"BTC", 64218.42, 28.4e9, 0.50, 50, 0.015},
    Row{"ETH", 3187.55, 14.6e9, 0.65, 60, 0.020},
    Row{"ODIN", 0.0025134, 2.3e6, 1.40, 300, 0.050},
    Row{"SOL", 142.36, 2.9e9, 0.85, 90, 0.025},
    Row{"DOGE", 0.12345, 1.1e9, 0.95, 120, 0.035},
    Row{"ADA", 0.45127, 410e6, 0.80, 80, 0.025},
    Row{"XRP", 0.52418, 1.3e9, 0.75, 80, 0.030},
    Row{"AVAX", 27.8143, 330e6, 0.90, 90, 0.025},
    Row{"LINK", 14.2275, 370e6, 0.80, 80, 0.025},
    Row{"DOT", 6.1834, 190e6, 0.78, 80, 0.025},
};

double rounded(double value, int digits) // to significant digits
{
    const double scale = std::pow(10, digits - 1 - std::floor(std::log10(value)));
    return std::round(value * scale) / scale;
}

TokenProfile invented(const QByteArray &token)
{
    Random random(0, token);
    TokenProfile profile;
    profile.token = token;
    profile.price = rounded(std::pow(10, -3 + 6 * random.uniform()), 4);
    profile.dailyVolume = rounded(std::pow(10, 5 + 4 * random.uniform()), 3);
    profile.walk = {0.6 + 0.8 * random.uniform(), 0, 100, 0.03};
    return profile;
}

} // namespace

std::vector<QByteArray> defaultTokens()
{
    std::vector<QByteArray> tokens;
    for (const auto &row : rows)
        tokens.emplace_back(row.token);
    return tokens;
}

TokenProfile profileOf(const QByteArray &token)
{
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row &r) { return token == r.token; });
    if (row == rows.end())
        return invented(token);
    return {token, row->price, row->dailyVolume, {row->volatility, 0, row->jumpsPerYear, row->jumpDeviation}};
}

} // namespace odin
