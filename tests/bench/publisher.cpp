// bench-publisher URL RATE: price updates of ten tokens in turn, RATE a second altogether, to JetStream with ack and
// message id. Prints a line when the first is acknowledged, and a line of JSON when standard input ends; then it ends
// as well.
#include "core/feed/publisher.h"
#include "core/wire/buspayload.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace odin;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::array tokens{"BTC", "ETH", "ODIN", "SOL", "DOGE", "ADA", "XRP", "AVAX", "LINK", "DOT"};

QByteArray updateText(const QByteArray &token, const QByteArray &nonce, long long count)
{
    return "{\"type\":\"price:update\",\"tokenId\":\"" + token
        + "\",\"price\":" + QByteArray::number(60'000 + count % 1000)
        + ".25,\"volume24h\":1234567.89,\"priceChange24h\":-1.25,\"timestamp\":" + QByteArray::number(wallMs())
        + ",\"source\":\"trade\",\"nonce\":\"" + nonce + "\"}";
}

bool publishOne(Publisher &publisher, const QByteArray &run, long long count)
{
    const QByteArray token = tokens[std::size_t(count) % tokens.size()];
    const QByteArray nonce = run + QByteArray::number(count).rightJustified(8, '0');
    const auto stored = publisher.publish(priceSubject(token), updateText(token, nonce, count), nonce);
    if (!stored)
        std::fprintf(stderr, "bench-publisher: %s\n", qPrintable(stored.error().text));
    return bool(stored);
}

bool isOver(milliseconds wait)
{
    pollfd orders{STDIN_FILENO, POLLIN, 0};
    return ::poll(&orders, 1, std::max(0, int(wait.count()))) > 0;
}

} // namespace

int main(int argc, char **argv)
{
    const double rate = argc > 2 ? std::atof(argv[2]) : 0;
    if (rate <= 0) {
        std::fprintf(stderr, "usage: bench-publisher URL RATE\n");
        return 2;
    }
    Publisher publisher({QString::fromLocal8Bit(argv[1])});
    const auto period = std::chrono::duration_cast<steady_clock::duration>(std::chrono::duration<double>(1 / rate));
    const QByteArray run = "bench-" + QByteArray::number(wallMs()) + '-';
    long long count = 0, failed = 0;
    steady_clock::duration latest{0};
    auto due = steady_clock::now();
    do {
        latest = std::max(latest, steady_clock::now() - due);
        if (!publishOne(publisher, run, count))
            ++failed;
        if (count++ == 0)
            std::puts("publishing"), std::fflush(stdout);
        due += period;
    } while (!isOver(std::chrono::ceil<milliseconds>(due - steady_clock::now())));
    std::printf("{\"published\":%lld,\"failed\":%lld,\"lateMsMax\":%lld}\n", count - failed, failed,
                static_cast<long long>(std::chrono::duration_cast<milliseconds>(latest).count()));
}
