#include "tests/bench/returnreport.h"

#include "tests/bench/tally.h"

#include <algorithm>

namespace odin::bench {

namespace {

class Line
{
public:
    template<class Number>
    void add(std::string_view name, Number value)
    {
        m_text += (m_text.empty() ? "{\"" : ",\"") + std::string(name) + "\":" + std::to_string(value);
    }

    std::string text() const { return m_text + "}\n"; }

private:
    std::string m_text;
};

} // namespace

std::string returnReport(const std::vector<std::unique_ptr<ReturningClient>> &clients, ReturningClient::Time since,
                         long long tries, long long failed)
{
    Line line;
    const auto sum = [&](std::string_view name, auto number) {
        std::uint64_t total = 0;
        for (const auto &client : clients)
            total += std::uint64_t(number(*client));
        line.add(name, total);
    };
    const auto range = [&](const std::string &name, auto number) {
        const auto [least, most] = std::minmax_element(clients.begin(), clients.end(), [&](auto &a, auto &b) {
            return number(*a) < number(*b);
        });
        line.add(name + "Min", number(**least));
        line.add(name + "Max", number(**most));
    };
    using Client = const ReturningClient;
    sum("open", [](Client &c) { return c.connection.state() == swarm::Connection::State::Open; });
    sum("started", [](Client &c) { return c.next > 0; });
    sum("returned", [](Client &c) { return c.returned.has_value(); });
    sum("updates", [](Client &c) { return c.updates; });
    sum("replayed", [](Client &c) { return c.replayed; });
    range("replayed", [](Client &c) { return c.replayed; });
    range("next", [](Client &c) { return c.next; });
    sum("holes", [](Client &c) { return c.holes; });
    sum("repeats", [](Client &c) { return c.repeats; });
    sum("refused", [](Client &c) { return c.refused; });
    sum("closed", [](Client &c) { return c.closed; });
    sum("violations", [](Client &c) { return c.violations; });
    line.add("tries", tries);
    line.add("failed", failed);

    std::vector<std::int64_t> times;
    for (const auto &client : clients) {
        if (client->returned)
            times.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(*client->returned - since).count());
    }
    line.add("returnMsP50", percentile(times, 0.5));
    line.add("returnMsMax", percentile(times, 1));
    return line.text();
}

} // namespace odin::bench
