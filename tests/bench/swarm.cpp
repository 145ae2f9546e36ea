#include "tests/bench/swarm.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <thread>

namespace odin::bench {

namespace {

using std::chrono::steady_clock;

constexpr int waitingMax = 512; // handshakes under way: below every peer's listen backlog
constexpr std::size_t bufferBytes = 64 * 1024;
constexpr std::chrono::seconds connectMax{30};
constexpr std::size_t discardMax = 64 * 1024 * 1024;
constexpr std::chrono::milliseconds discardEvery{5};
constexpr int sourcesFirst = 2, sources = 8; // 127.0.0.2 ... 127.0.0.9

} // namespace

Swarm::Swarm(std::uint16_t port, std::string_view path, int clients, Dialect dialect)
    : m_port(port),
      m_dialect(std::move(dialect)),
      m_request(swarm::upgradeRequest("127.0.0.1:" + QByteArray::number(port), QByteArray(path.data(), qsizetype(path.size())), m_dialect.fields)),
      m_epoll(::epoll_create1(EPOLL_CLOEXEC)),
      m_buffer(bufferBytes, '\0')
{
    for (int i = 0; i < clients; ++i)
        m_connections.push_back(std::make_unique<swarm::Connection>());
}

Swarm::~Swarm() { ::close(m_epoll); }

void Swarm::run()
{
    m_startedAt = steady_clock::now();
    const auto deadline = m_startedAt + connectMax;
    for (startMore(); m_waiting > 0 && steady_clock::now() < deadline; startMore())
        wait(100);
    printConnected();
    epoll_event orders{EPOLLIN, {.ptr = nullptr}};
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, STDIN_FILENO, &orders);
    while (!m_isOver) {
        wait(-1);
        if (m_dialect.isDiscarding)
            std::this_thread::sleep_for(discardEvery); // more at once
    }
}

void Swarm::startMore()
{
    for (; m_waiting < waitingMax && m_started < int(m_connections.size()); ++m_started)
        start(*m_connections[std::size_t(m_started)], m_started);
}

void Swarm::start(swarm::Connection &connection, int number)
{
    if (!connection.start(swarm::loopback(1, m_port), sourcesFirst + number % sources))
        return;
    ++m_waiting;
    epoll_event event{EPOLLIN | EPOLLOUT, {.ptr = &connection}};
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, connection.descriptor(), &event);
}

void Swarm::wait(int timeoutMs)
{
    std::array<epoll_event, 1024> events;
    const int count = ::epoll_wait(m_epoll, events.data(), int(events.size()), timeoutMs);
    for (int i = 0; i < count; ++i) {
        if (auto *connection = static_cast<swarm::Connection *>(events[std::size_t(i)].data.ptr))
            handle(*connection);
        else
            readOrders();
    }
}

void Swarm::handle(swarm::Connection &connection)
{
    const bool wasWaiting = connection.isWaiting();
    if (connection.state() == swarm::Connection::State::Connecting) {
        connection.request(m_request);
        epoll_event event{EPOLLIN, {.ptr = &connection}};
        ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, connection.descriptor(), &event);
    } else if (m_dialect.isDiscarding && connection.state() == swarm::Connection::State::Open) {
        discard(connection);
    } else {
        connection.read(m_tally, m_buffer);
    }
    if (wasWaiting && !connection.isWaiting())
        settle(connection);
}

/// Everything that is there, without copying it (tcp(7): MSG_TRUNC).
void Swarm::discard(swarm::Connection &connection)
{
    const auto got = ::recv(connection.descriptor(), nullptr, discardMax, MSG_TRUNC | MSG_DONTWAIT);
    if (got > 0) {
        m_tally.bytes += std::uint64_t(got);
    } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        ++m_tally.closed;
        connection.close();
    }
}

void Swarm::settle(swarm::Connection &connection)
{
    --m_waiting;
    if (connection.state() != swarm::Connection::State::Open)
        return;
    for (const auto &frame : m_dialect.greeting)
        connection.sendBinary(frame);
    const auto took = steady_clock::now() - connection.startedAt();
    m_openedUs.push_back(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
}

void Swarm::readOrders()
{
    std::array<char, 256> orders;
    const auto got = ::read(STDIN_FILENO, orders.data(), orders.size());
    m_isOver = got <= 0;
    for (ssize_t i = 0; i < got; ++i) {
        if (orders[std::size_t(i)] == '\n')
            std::fputs(m_tally.report().c_str(), stdout);
    }
    std::fflush(stdout);
}

void Swarm::printConnected()
{
    const std::chrono::duration<double, std::milli> took = steady_clock::now() - m_startedAt;
    const auto p50 = percentile(m_openedUs, 0.5), p99 = percentile(m_openedUs, 0.99);
    std::printf(R"({"clients":%zu,"connected":%zu,"connectMs":%.1f,"handshakeUsP50":%lld,"handshakeUsP99":%lld})"
                "\n",
                m_connections.size(), m_openedUs.size(), took.count(), static_cast<long long>(p50),
                static_cast<long long>(p99));
    std::fflush(stdout);
}

} // namespace odin::bench
