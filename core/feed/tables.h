// What a feed needs before the recent past: the last message of each subject, read once per epoch.
// Thread: the feed's control thread. Owner: nobody, it has no state.
#pragma once

#include "core/feed/connection.h"
#include "core/feed/feed.h"
#include "core/feed/session.h"

#include <optional>
#include <stop_token>

namespace odin {

inline constexpr qint64 nsPerMs = 1'000'000;

/// Hands over those that are older than where the main consumer will begin, in stream order. Only for a stream that is
/// not empty. Nothing when it worked, or was asked to stop: then Position::tablesFilled tells which.
std::optional<Failure> fillTables(Connection &connection, const FeedConfig &config, const SessionContext &context,
                                  std::stop_token stop);

} // namespace odin
