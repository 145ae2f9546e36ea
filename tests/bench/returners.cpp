#include "tests/bench/returners.h"

#include "tests/bench/returnreport.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace odin::bench {

namespace {

using std::chrono::steady_clock;

constexpr int waitingMax = 512; // of the first connects; those who come back do not wait for each other
constexpr std::size_t bufferBytes = 64 * 1024;
constexpr std::chrono::seconds connectMax{30};
constexpr int sourcesFirst = 32, sources = 8; // 127.0.0.32 ...: others than the receiver's

} // namespace

Returners::Returners(std::uint16_t port, std::string_view path, int clients)
    : m_port(port),
      m_request(swarm::upgradeRequest("127.0.0.1:" + QByteArray::number(port), QByteArray(path.data(), qsizetype(path.size())))),
      m_epoll(::epoll_create1(EPOLL_CLOEXEC)),
      m_buffer(bufferBytes, '\0')
{
    for (int i = 0; i < clients; ++i)
        m_clients.push_back(std::make_unique<ReturningClient>());
}

Returners::~Returners() { ::close(m_epoll); }

void Returners::run()
{
    connectAll();
    report();
    epoll_event orders{EPOLLIN, {.ptr = nullptr}};
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, STDIN_FILENO, &orders);
    while (!m_isOver) {
        wait(untilDueMs());
        startDue();
    }
}

void Returners::connectAll()
{
    m_since = steady_clock::now();
    auto next = m_clients.begin();
    while ((next != m_clients.end() || m_waiting > 0) && steady_clock::now() < m_since + connectMax) {
        for (; m_waiting < waitingMax && next != m_clients.end(); ++next)
            start(**next);
        wait(100);
    }
}

void Returners::start(ReturningClient &client)
{
    ++m_waiting;
    if (!client.connection.start(swarm::loopback(1, m_port), sourcesFirst + int(m_tries++ % sources)))
        return lose(client);
    epoll_event event{EPOLLIN | EPOLLOUT, {.ptr = &client}};
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, client.connection.descriptor(), &event);
}

void Returners::handle(ReturningClient &client)
{
    auto &connection = client.connection;
    const bool wasOpen = connection.state() == swarm::Connection::State::Open;
    if (connection.state() == swarm::Connection::State::Connecting) {
        connection.request(m_request);
        epoll_event event{EPOLLIN, {.ptr = &client}};
        ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, connection.descriptor(), &event);
    } else {
        connection.read(client, m_buffer);
    }
    if (connection.state() == swarm::Connection::State::Closed)
        return wasOpen ? (++m_waiting, lose(client)) : lose(client);
    if (!wasOpen && connection.state() == swarm::Connection::State::Open) {
        --m_waiting;
        client.failures = 0;
    }
}

// What it was is over: a connection, or a try to get one.
void Returners::lose(ReturningClient &client)
{
    --m_waiting;
    const auto pause = m_backoff.wait(client.failures++, m_random);
    m_failed += client.failures > 1;
    if (pause)
        m_due.emplace(steady_clock::now() + *pause, &client);
}

void Returners::startDue()
{
    const auto now = steady_clock::now();
    while (!m_due.empty() && m_due.begin()->first <= now) {
        auto &client = *m_due.extract(m_due.begin()).mapped();
        start(client);
    }
}

int Returners::untilDueMs() const
{
    if (m_due.empty())
        return -1;
    const auto pause = m_due.begin()->first - steady_clock::now();
    return std::max(0, int(std::chrono::ceil<std::chrono::milliseconds>(pause).count()));
}

void Returners::wait(int timeoutMs)
{
    std::array<epoll_event, 1024> events;
    const int count = ::epoll_wait(m_epoll, events.data(), int(events.size()), timeoutMs);
    for (int i = 0; i < count; ++i) {
        if (auto *client = static_cast<ReturningClient *>(events[std::size_t(i)].data.ptr))
            handle(*client);
        else
            readOrders();
    }
}

void Returners::readOrders()
{
    const auto got = ::read(STDIN_FILENO, m_buffer.data(), m_buffer.size());
    m_isOver = got <= 0;
    m_orders.append(m_buffer, 0, std::size_t(std::max<ssize_t>(0, got)));
    for (auto end = m_orders.find('\n'); end != std::string::npos; end = m_orders.find('\n')) {
        obey(std::string_view(m_orders).substr(0, end));
        m_orders.erase(0, end + 1);
        report();
    }
}

void Returners::obey(std::string_view order)
{
    if (order.empty())
        return;
    m_since = steady_clock::now();
    const auto verb = order.substr(0, order.find(' '));
    const auto rest = order.substr(std::min(order.size(), verb.size() + 1));
    std::uint64_t seq = 0;
    const auto *parsed = std::from_chars(rest.data(), rest.data() + rest.size(), seq).ptr;
    if (verb == "return") {
        m_backoff = Backoff::of(rest);
        m_request = swarm::upgradeRequest("127.0.0.1:" + QByteArray::number(m_port), "/ws"); // without a subscription: they resume theirs
    }
    for (auto &client : m_clients) {
        if (verb == "resume")
            client->resume(seq, std::string_view(parsed + 1, rest.data() + rest.size()));
        else if (verb == "return")
            client->comeBack();
        else if (verb == "send")
            client->connection.send(rest);
    }
}

void Returners::report()
{
    std::fputs(returnReport(m_clients, m_since, m_tries, m_failed).c_str(), stdout);
    std::fflush(stdout);
}

} // namespace odin::bench
