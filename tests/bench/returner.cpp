// bench-returner PORT CLIENTS [PATH]: a swarm of WebSocket clients against 127.0.0.1:PORT that resume, come back when they
// are cut, and check that each update comes once and in order. Prints a line of JSON when all are connected, and one for
// each line of standard input (see Returners::run); ends with standard input.
#include "tests/bench/openfiles.h"
#include "tests/bench/returners.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char **argv)
{
    using namespace odin::bench;
    const int port = argc > 1 ? std::atoi(argv[1]) : 0;
    const int clients = argc > 2 ? std::atoi(argv[2]) : 0;
    if (port < 1 || port > 65'535 || clients < 1 || clients > clientsMax) {
        std::fprintf(stderr, "usage: bench-returner PORT CLIENTS [PATH], at most %d clients\n", clientsMax);
        return 2;
    }
    if (!allowOpenFiles(clients)) {
        std::fprintf(stderr, "bench-returner: the limit of open files is too low for %d clients\n", clients);
        return 1;
    }
    Returners(std::uint16_t(port), argc > 3 ? argv[3] : "/ws", clients).run();
}
