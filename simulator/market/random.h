// Random: seeded streams of numbers that are the same on every platform and library (those of <random> are not).
// Thread: confined to its user's. Owner: whoever draws; a copy repeats the same numbers.
#pragma once

#include <QByteArrayView>

#include <array>
#include <cstdint>

namespace odin {

/// FNV-1a, 64 bits: a stable number for a name.
std::uint64_t stableHash(QByteArrayView name);

class Random
{
public:
    /// `stream` names what the numbers are for: the same seed gives unlike numbers to unlike streams.
    Random(std::uint64_t seed, QByteArrayView stream);

    /// xoshiro256++ 1.0 (Blackman and Vigna, public domain), seeded by SplitMix64 as its authors advise.
    std::uint64_t next();
    /// In [0, 1), all 53 bits.
    double uniform();
    /// In [low, high], both included.
    std::int64_t between(std::int64_t low, std::int64_t high);
    /// Standard normal: Marsaglia's polar method (1964).
    double normal();
    /// Poisson by Knuth's multiplication (TAOCP 2, 3.4.1); means are cut to 0..30, which bounds the work.
    int poisson(double mean);

private:
    std::array<std::uint64_t, 4> m_state;
};

} // namespace odin
