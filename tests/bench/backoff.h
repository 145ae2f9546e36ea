// Backoff: how long a client that lost its connection waits before it tries to connect again.
// Values. Any thread.
#pragma once

#include <chrono>
#include <optional>
#include <random>
#include <string_view>

namespace odin::bench {

class Backoff
{
public:
    using Milliseconds = std::chrono::milliseconds;

    enum class Kind {
        Never,
        Steady, ///< at once, then every 100 to 200 ms
        Jitter, ///< as docs/api-spec.md says: random(0, min(30 s, 0.5 s x 2^n))
    };

    explicit Backoff(Kind kind = Kind::Never) : m_kind(kind) {}

    static Backoff of(std::string_view name)
    {
        return Backoff(name == "steady" ? Kind::Steady : name == "jitter" ? Kind::Jitter : Kind::Never);
    }

    /// Before the next try, after so many that failed. Nothing: there is none.
    std::optional<Milliseconds> wait(int failures, std::mt19937 &random) const
    {
        switch (m_kind) {
        case Kind::Never: return {};
        case Kind::Steady: return failures == 0 ? Milliseconds(0) : between(100, 200, random);
        case Kind::Jitter: break;
        }
        constexpr int doublingsMax = 6, waitMsMax = 30'000; // 0.5 s x 2^6 is above that
        return between(0, std::min(waitMsMax, 500 << std::min(failures, doublingsMax)), random);
    }

private:
    static Milliseconds between(int low, int high, std::mt19937 &random)
    {
        return Milliseconds(std::uniform_int_distribution(low, high)(random));
    }

    Kind m_kind;
};

} // namespace odin::bench
