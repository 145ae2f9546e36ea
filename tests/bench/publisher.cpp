// bench-publisher URL RATE [TOKEN BYTES [COUNT]]: price updates of ten tokens in turn, or of one, RATE a second
// altogether, to JetStream with ack and message id; each filled up to BYTES. Prints a line when the first is
// acknowledged, and a line of JSON when standard input ends or after COUNT; then it ends as well.
#include "core/feed/publisher.h"
#include "core/wire/buspayload.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <limits>

namespace {

using namespace odin;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::array tokens{"BTC", "ETH", "ODIN", "SOL", "DOGE", "ADA", "XRP", "AVAX", "LINK", "DOT"};

struct Kind
{
    QByteArray token; ///< empty: each of the ten
    int bytes = 0; ///< at least
};

struct Published
{
    long long count = 0, failed = 0;
    Seq first = 0, last = 0;
};

QByteArray updateText(const QByteArray &token, const QByteArray &nonce, long long count, int bytes)
{
    QByteArray text = "{\"type\":\"price:update\",\"tokenId\":\"" + token
        + "\",\"price\":" + QByteArray::number(60'000 + count % 1000)
        + ".25,\"volume24h\":1234567.89,\"priceChange24h\":-1.25,\"timestamp\":" + QByteArray::number(wallMs())
        + ",\"source\":\"trade\",\"nonce\":\"" + nonce + "\"}";
    constexpr int fillerBytes = 12; // ,"filler":""
    if (const auto missing = bytes - text.size() - fillerBytes; missing > 0)
        text.insert(text.size() - 1, ",\"filler\":\"" + QByteArray(missing, '.') + '"');
    return text;
}

void publishOne(Publisher &publisher, const QByteArray &run, const Kind &kind, Published &published)
{
    const auto number = published.count + published.failed;
    const QByteArray token = kind.token.isEmpty() ? QByteArray(tokens[std::size_t(number) % tokens.size()]) : kind.token;
    const QByteArray nonce = run + QByteArray::number(number).rightJustified(8, '0');
    const auto stored =
        publisher.publish(priceSubject(token), updateText(token, nonce, number, kind.bytes), nonce);
    if (!stored) {
        std::fprintf(stderr, "bench-publisher: %s\n", qPrintable(stored.error().text));
        ++published.failed;
        return;
    }
    published.last = stored.value();
    if (published.count++ == 0)
        published.first = published.last;
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
        std::fprintf(stderr, "usage: bench-publisher URL RATE [TOKEN BYTES [COUNT]]\n");
        return 2;
    }
    const Kind kind{argc > 4 ? argv[3] : "", argc > 4 ? std::atoi(argv[4]) : 0};
    const long long countMax = argc > 5 ? std::atoll(argv[5]) : std::numeric_limits<long long>::max();
    Publisher publisher({QString::fromLocal8Bit(argv[1])});
    const auto period = std::chrono::duration_cast<steady_clock::duration>(std::chrono::duration<double>(1 / rate));
    const QByteArray run = "bench-" + QByteArray::number(wallMs()) + '-';
    Published published;
    steady_clock::duration latest{0};
    auto due = steady_clock::now();
    do {
        latest = std::max(latest, steady_clock::now() - due);
        publishOne(publisher, run, kind, published);
        if (published.count + published.failed == 1)
            std::puts("publishing"), std::fflush(stdout);
        due += period;
    } while (published.count + published.failed < countMax
             && !isOver(std::chrono::ceil<milliseconds>(due - steady_clock::now())));
    std::printf("{\"published\":%lld,\"failed\":%lld,\"firstSeq\":%lld,\"lastSeq\":%lld,\"lateMsMax\":%lld}\n",
                published.count, published.failed, static_cast<long long>(published.first),
                static_cast<long long>(published.last),
                static_cast<long long>(std::chrono::duration_cast<milliseconds>(latest).count()));
}
