// Counters of the feed: see core/flow/counters.h. Thread: atomics, any. Owner: the feed.
#pragma once

#include "core/flow/counters.h"
