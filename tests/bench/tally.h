// Tally: what the swarm has seen: frames, updates, errors, and how old sampled updates were.
// Thread: the swarm's. Owner: the swarm.
#pragma once

#include "simulator/swarm/listener.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace odin::bench {

class Tally final : public swarm::Listener
{
public:
    /// One text frame; the age of one update in `sampleEvery` is taken from its `timestamp`.
    void text(std::string_view payload) override;
    /// One frame of a protocol that may put several updates into it.
    void binary(std::string_view payload) override;

    /// One line of JSON: counts since the start, ages since the last report.
    std::string report();

private:
    void count(std::string_view update);

    static constexpr unsigned sampleEvery = 17; // no divisor of the usual numbers of tokens and clients

    std::uint64_t m_texts = 0;
    std::uint64_t m_updates = 0;
    std::uint64_t m_updateBytes = 0;
    std::vector<std::int64_t> m_agesMs;
};

/// The value below which `share` of the values lie; sorts them.
std::int64_t percentile(std::vector<std::int64_t> &values, double share);

} // namespace odin::bench
