// Pace: how updates are delivered to one client. Values; any thread.
#pragma once

#include <QtGlobal>

#include <compare>

namespace odin {

enum class Mode : quint8 {
    Auto,   ///< everything, thinned only while the client is slow
    Stream, ///< everything, always; a client that is too slow is cut and resumes
    Latest, ///< the newest per token, at most so often
};

/// The contract's word.
constexpr const char *modeName(Mode mode)
{
    switch (mode) {
    case Mode::Auto: break;
    case Mode::Stream: return "stream";
    case Mode::Latest: return "latest";
    }
    return "auto";
}

/// Of one session.
struct Pace
{
    Mode mode = Mode::Auto;
    double maxHz = 0; ///< Mode::Latest only: at most limits::latestHzMax
    auto operator<=>(const Pace &) const = default;
};

} // namespace odin
