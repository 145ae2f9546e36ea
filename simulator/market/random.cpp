#include "simulator/market/random.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace odin {

namespace {

std::uint64_t splitMix64(std::uint64_t &state)
{
    std::uint64_t z = (state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

} // namespace

std::uint64_t stableHash(QByteArrayView name)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

Random::Random(std::uint64_t seed, QByteArrayView stream)
{
    std::uint64_t mixed = splitMix64(seed) ^ stableHash(stream);
    for (auto &word : m_state)
        word = splitMix64(mixed);
}

std::uint64_t Random::next()
{
    auto &s = m_state;
    const std::uint64_t result = std::rotl(s[0] + s[3], 23) + s[0];
    const std::uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = std::rotl(s[3], 45);
    return result;
}

double Random::uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

std::int64_t Random::between(std::int64_t low, std::int64_t high)
{
    const auto steps = static_cast<double>(high - low + 1);
    return low + static_cast<std::int64_t>(uniform() * steps);
}

double Random::normal()
{
    for (;;) { // leaves the square for the disc in 1 of 4.7 rounds
        const double u = 2 * uniform() - 1;
        const double v = 2 * uniform() - 1;
        const double square = u * u + v * v;
        if (square > 0 && square < 1)
            return u * std::sqrt(-2 * std::log(square) / square);
    }
}

int Random::poisson(double mean)
{
    const double limit = std::exp(-std::clamp(mean, 0.0, 30.0));
    int count = 0;
    for (double product = uniform(); product > limit; product *= uniform())
        ++count;
    return count;
}

} // namespace odin
