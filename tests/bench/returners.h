// Returners: many clients on one epoll that connect, resume when they are told to, and come back when they were cut.
// Thread: the main one, in run(). Owner: main.
#pragma once

#include "tests/bench/backoff.h"
#include "tests/bench/returningclient.h"

#include <map>
#include <memory>
#include <vector>

namespace odin::bench {

class Returners
{
public:
    Returners(std::uint16_t port, std::string_view path, int clients);
    ~Returners();
    Returners(const Returners &) = delete;
    Returners &operator=(const Returners &) = delete;

    /// Connects. Answers each line of standard input with one of JSON, until that ends. A line is empty (what was seen?),
    /// `resume SEQ TOKEN` (all of them, now), `return steady|jitter` (all of them, when they are cut), or
    /// `send TEXT` (all of them, this command).
    void run();

private:
    using Time = ReturningClient::Time;

    void connectAll();
    void start(ReturningClient &client);
    void handle(ReturningClient &client);
    void lose(ReturningClient &client);
    void startDue();
    int untilDueMs() const;
    void wait(int timeoutMs);
    void readOrders();
    void obey(std::string_view order);
    void report();

    const std::uint16_t m_port;
    QByteArray m_request;
    const int m_epoll;
    std::vector<std::unique_ptr<ReturningClient>> m_clients;
    std::string m_buffer;
    std::string m_orders; // until the end of the line
    Backoff m_backoff;
    std::mt19937 m_random{1};
    std::multimap<Time, ReturningClient *> m_due; // next tries to connect
    int m_waiting = 0; // under way
    long long m_tries = 0, m_failed = 0;
    Time m_since; // the last order that was not just a question
    bool m_isOver = false;
};

} // namespace odin::bench
