// Swarm: many clients on one epoll: connects them as fast as it can, then counts what comes.
// Thread: the main one, in run(). Owner: main.
#pragma once

#include "simulator/swarm/connection.h"
#include "tests/bench/dialect.h"
#include "tests/bench/tally.h"

#include <memory>
#include <string>
#include <vector>

namespace odin::bench {

class Swarm
{
public:
    Swarm(std::uint16_t port, std::string_view path, int clients, Dialect dialect);
    ~Swarm();
    Swarm(const Swarm &) = delete;
    Swarm &operator=(const Swarm &) = delete;

    /// Connects and prints one line of JSON; then one for each line of standard input, until that ends.
    void run();

private:
    void startMore();
    void start(swarm::Connection &connection, int number);
    void handle(swarm::Connection &connection);
    void discard(swarm::Connection &connection);
    void settle(swarm::Connection &connection);
    void wait(int timeoutMs);
    void readOrders();
    void printConnected();

    const std::uint16_t m_port;
    const Dialect m_dialect;
    const QByteArray m_request;
    const int m_epoll;
    std::vector<std::unique_ptr<swarm::Connection>> m_connections;
    std::string m_buffer;
    Tally m_tally;
    int m_started = 0;
    int m_waiting = 0; // started, neither open nor failed
    std::vector<std::int64_t> m_openedUs; // from connect() to the answer 101, of each client
    std::chrono::steady_clock::time_point m_startedAt;
    bool m_isOver = false;
};

} // namespace odin::bench
