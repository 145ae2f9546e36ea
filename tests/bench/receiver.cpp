// bench-receiver PORT CLIENTS [PATH]: a light swarm of WebSocket clients against 127.0.0.1:PORT.
// Prints a line of JSON when all are connected, and one for each line of standard input; ends with standard input.
#include "tests/bench/swarm.h"

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

namespace {

constexpr int clientsMax = 19'900; // a process may have 20,000 open files on many machines

bool allowDescriptors(int clients)
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur >= rlim_t(clients) + 20;
}

} // namespace

int main(int argc, char **argv)
{
    const int port = argc > 1 ? std::atoi(argv[1]) : 0;
    const int clients = argc > 2 ? std::atoi(argv[2]) : 0;
    if (port < 1 || port > 65'535 || clients < 1 || clients > clientsMax) {
        std::fprintf(stderr, "usage: bench-receiver PORT CLIENTS [PATH], at most %d clients\n", clientsMax);
        return 2;
    }
    if (!allowDescriptors(clients)) {
        std::fprintf(stderr, "bench-receiver: the limit of open files is too low for %d clients\n", clients);
        return 1;
    }
    odin::bench::Swarm(std::uint16_t(port), argc > 3 ? argv[3] : "/", clients).run();
}
