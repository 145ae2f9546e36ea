// bench-bareloop CLIENTS RATE: accepts CLIENTS WebSockets, then sends one prepared frame to each of them, RATE times a
// second, with nothing but a loop of send(). No server can be cheaper: it is the measure for the others. Ends with
// standard input.
#include "tests/bench/lobby.h"
#include "tests/bench/openfiles.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using std::chrono::steady_clock;

/// A text frame of the size and form that the gateway sends for the benchmark's publisher.
std::string frameOf(long long seq)
{
    using namespace std::chrono;
    const long long nowMs = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    std::array<char, 512> text;
    const int length = std::snprintf(
        text.data(), text.size(),
        R"({"type":"price:update","tokenId":"BTC","price":%.2f,"volume24h":1234567.89,"priceChange24h":-1.25,)"
        R"("timestamp":%lld,"source":"trade","nonce":"bench-%lld-%08lld","seq":%lld,"prev":%lld})",
        60'000 + double(seq % 1000), nowMs, nowMs, seq, seq, seq - 1);
    return std::string{char(0x81), 126, char(length >> 8), char(length & 0xFF)}.append(text.data(),
                                                                                       std::size_t(length));
}

/// A client that does not take a frame whole is cut: half a frame may not be followed by another.
bool sendWhole(int client, const std::string &frame)
{
    if (::send(client, frame.data(), frame.size(), MSG_DONTWAIT | MSG_NOSIGNAL) == ssize_t(frame.size()))
        return true;
    ::close(client);
    return false;
}

void sendForEver(std::vector<int> &clients, std::chrono::duration<double> period)
{
    auto due = steady_clock::now();
    for (long long seq = 1;; ++seq) {
        due += std::chrono::duration_cast<steady_clock::duration>(period);
        const auto pause = std::chrono::ceil<std::chrono::milliseconds>(due - steady_clock::now()).count();
        pollfd orders{STDIN_FILENO, POLLIN, 0};
        if (::poll(&orders, 1, std::max(0, int(pause))) > 0)
            return;
        const auto frame = frameOf(seq);
        std::erase_if(clients, [&](int client) { return !sendWhole(client, frame); });
    }
}

} // namespace

int main(int argc, char **argv)
{
    const int wanted = argc > 1 ? std::atoi(argv[1]) : 0;
    const double rate = argc > 2 ? std::atof(argv[2]) : 0;
    odin::bench::allowOpenFiles(wanted);
    odin::bench::Lobby lobby;
    if (wanted < 1 || rate <= 0 || lobby.port() == 0) {
        std::fprintf(stderr, "usage: bench-bareloop CLIENTS RATE\n");
        return 2;
    }
    std::printf("ready ws=ws://127.0.0.1:%u/\n", lobby.port());
    std::fflush(stdout);
    auto clients = lobby.gather(std::size_t(wanted));
    sendForEver(clients, std::chrono::duration<double>(1 / rate));
}
