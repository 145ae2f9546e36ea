// bench-receiver PORT CLIENTS [PATH [DIALECT]]: a light swarm of WebSocket clients against 127.0.0.1:PORT.
// Prints a line of JSON when all are connected, and one for each line of standard input; ends with standard input.
#include "tests/bench/openfiles.h"
#include "tests/bench/swarm.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char **argv)
{
    using namespace odin::bench;
    const int port = argc > 1 ? std::atoi(argv[1]) : 0;
    const int clients = argc > 2 ? std::atoi(argv[2]) : 0;
    const auto dialect = dialectOf(argc > 4 ? argv[4] : "text");
    if (!dialect || port < 1 || port > 65'535 || clients < 1 || clients > clientsMax) {
        std::fprintf(stderr, "usage: bench-receiver PORT CLIENTS [PATH [text|discard|nats|mqtt]], at most %d clients\n", clientsMax);
        return 2;
    }
    if (!allowOpenFiles(clients)) {
        std::fprintf(stderr, "bench-receiver: the limit of open files is too low for %d clients\n", clients);
        return 1;
    }
    Swarm(std::uint16_t(port), argc > 3 ? argv[3] : "/", clients, *dialect).run();
}
