#include "tests/bench/lobby.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string_view>

namespace odin::bench {

namespace {

constexpr int backlog = 4096;

// To the one key that bench-receiver sends.
constexpr std::string_view answerText =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

} // namespace

Lobby::Lobby()
    : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)),
      m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
    listen();
    watch(m_listener);
    watch(STDIN_FILENO);
}

Lobby::~Lobby()
{
    ::close(m_epoll);
    ::close(m_listener);
}

void Lobby::listen()
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_listener, generic, size) == 0 && ::listen(m_listener, backlog) == 0
        && ::getsockname(m_listener, generic, &size) == 0)
        m_port = ntohs(address.sin_port);
}

void Lobby::watch(int descriptor)
{
    epoll_event event{EPOLLIN, {.fd = descriptor}};
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
}

std::vector<int> Lobby::gather(std::size_t wanted)
{
    std::array<epoll_event, 256> events;
    while (m_open.size() < wanted) {
        const int count = ::epoll_wait(m_epoll, events.data(), int(events.size()), -1);
        for (int i = 0; i < count; ++i)
            handle(events[std::size_t(i)].data.fd);
    }
    return m_open;
}

void Lobby::handle(int descriptor)
{
    if (descriptor == STDIN_FILENO)
        std::exit(0);
    if (descriptor == m_listener)
        accept();
    else
        answer(descriptor);
}

void Lobby::accept()
{
    const int on = 1;
    for (int made; (made = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0; watch(made))
        ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

// When its request has come, whatever it says. Later the loop only sends.
void Lobby::answer(int client)
{
    std::array<char, 4096> request;
    if (::recv(client, request.data(), request.size(), 0) <= 0) {
        ::close(client);
        return;
    }
    ::send(client, answerText.data(), answerText.size(), MSG_NOSIGNAL);
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, client, nullptr);
    m_open.push_back(client);
}

} // namespace odin::bench
