// What all returning clients together have seen, as one line of JSON.
// Any thread; pure.
#pragma once

#include "tests/bench/returningclient.h"

#include <memory>
#include <string>
#include <vector>

namespace odin::bench {

/// `tries` to connect, and how many of them failed. The times of those who returned count from `since`.
std::string returnReport(const std::vector<std::unique_ptr<ReturningClient>> &clients, ReturningClient::Time since,
                         long long tries, long long failed);

} // namespace odin::bench
