// Connection: one raw WebSocket client: connect, handshake, frames.
// Thread: the swarm's. Owner: the swarm.
#pragma once

#include "simulator/swarm/framereader.h"
#include "simulator/swarm/listener.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace odin::swarm {

class Connection
{
public:
    enum class State { Closed, Connecting, Handshaking, Open };

    ~Connection() { close(); }

    /// Starts to connect to 127.0.0.1:`port` from the loopback address 127.0.0.`source`. False: could not even start.
    /// Again after it was closed.
    bool start(std::uint16_t port, int source);
    /// The socket may be connected now: sends the request.
    void request(std::string_view text);
    /// Reads once what is there. `buffer`: scratch of the swarm.
    void read(Listener &listener, std::string &buffer);

    /// A command, masked as a client's frames must be: with zeros, which leaves the text as it is.
    void send(std::string_view text);

    int descriptor() const { return m_descriptor; }
    State state() const { return m_state; }
    bool isWaiting() const { return m_state == State::Connecting || m_state == State::Handshaking; }
    std::chrono::steady_clock::time_point startedAt() const { return m_startedAt; }

private:
    void take(std::string_view bytes, Listener &listener);
    void readAnswer(std::string_view bytes, Listener &listener);
    void sendFrame(Opcode opcode, std::string_view payload);
    void close();

    int m_descriptor = -1;
    State m_state = State::Closed;
    std::chrono::steady_clock::time_point m_startedAt;
    std::string m_answer; // to the request, until it is complete
    FrameReader m_reader;
};

/// For request(): what asks for a WebSocket.
std::string upgradeRequest(std::uint16_t port, std::string_view path);

} // namespace odin::swarm
