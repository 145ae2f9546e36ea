// ProcessUsage: what a process costs the machine, for metrics and the dashboard.
// Thread: any. Owner: none, a value. Three system calls and one small file: cheap enough for every second.
#pragma once

#include "core/model/result.h"

#include <QtGlobal>

#include <chrono>

namespace odin {

struct ProcessUsage
{
    std::chrono::microseconds cpu{0}; ///< user and system time of all its threads since its start
    qint64 residentBytes = 0;
    int threads = 0;
    int descriptors = 0; ///< open ones; 0 when the process belongs to somebody who does not show them
};

/// `processId`: 0 = this process. Fails when there is no such process.
Result<ProcessUsage> processUsage(qint64 processId = 0);

/// Of this process; all zero where /proc is not readable.
inline ProcessUsage ownUsage()
{
    const auto usage = processUsage();
    return usage ? usage.value() : ProcessUsage();
}

} // namespace odin
