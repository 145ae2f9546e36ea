// Lobby: lets WebSocket clients in, with nothing but the answer that bench-receiver asks for.
// Thread: the main one. Owner: main of bench-bareloop.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace odin::bench {

class Lobby
{
public:
    /// Listens on any free port of 127.0.0.1; port() is 0 if that failed.
    Lobby();
    ~Lobby();
    Lobby(const Lobby &) = delete;
    Lobby &operator=(const Lobby &) = delete;

    std::uint16_t port() const { return m_port; }
    /// Waits until `wanted` clients are open, and gives their descriptors. Ends the process with standard input.
    std::vector<int> gather(std::size_t wanted);

private:
    void listen();
    void watch(int descriptor);
    void handle(int descriptor);
    void accept();
    void answer(int client);

    const int m_listener;
    const int m_epoll;
    std::uint16_t m_port = 0;
    std::vector<int> m_open;
};

} // namespace odin::bench
