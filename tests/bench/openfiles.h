// As many open files as this process may have at all.
// Any thread.
#pragma once

#include <sys/resource.h>

namespace odin::bench {

constexpr int clientsMax = 19'900; // a process may have 20,000 open files on many machines

/// False: too few for these clients.
inline bool allowOpenFiles(int clients)
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur >= rlim_t(clients) + 20;
}

} // namespace odin::bench
