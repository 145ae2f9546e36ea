// Connection: one raw WebSocket client: connect, handshake, frames.
// Thread: the swarm's. Owner: the swarm.
#pragma once

#include "simulator/swarm/framereader.h"
#include "simulator/swarm/listener.h"

#include <QByteArray>

#include <netinet/in.h>

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

    /// Starts to connect; from the loopback address 127.0.0.`source`, or from any with 0. False: could not even start.
    /// Again after it was closed.
    bool start(const sockaddr_in &to, int source);
    /// The socket may be connected now: sends the request.
    void request(QByteArrayView text);
    /// Reads once what is there. `buffer`: scratch of the swarm.
    void read(Listener &listener, std::string &buffer);

    /// A command, masked as a client's frames must be: with zeros, which leaves the text as it is.
    void send(std::string_view text);
    /// The same as a binary frame, at most 64 KiB: for servers that speak another protocol in it.
    void sendBinary(std::string_view bytes);

    /// Leaves without a word, as a client that lost its network.
    void close();

    /// Why the server did not let it in: its HTTP status; 0: it did, or said nothing.
    int refusedStatus() const { return m_refusedStatus; }
    /// Of the server's close frame; 0: there was none.
    int closeCode() const { return m_closeCode; }

    int descriptor() const { return m_descriptor; }
    State state() const { return m_state; }
    bool isWaiting() const { return m_state == State::Connecting || m_state == State::Handshaking; }
    std::chrono::steady_clock::time_point startedAt() const { return m_startedAt; }

private:
    void take(std::string_view bytes, Listener &listener);
    void readAnswer(std::string_view bytes, Listener &listener);
    void takeFrame(const Frame &frame, Listener &listener);
    void sendFrame(Opcode opcode, std::string_view payload);

    int m_descriptor = -1;
    State m_state = State::Closed;
    int m_refusedStatus = 0;
    int m_closeCode = 0;
    std::chrono::steady_clock::time_point m_startedAt;
    std::string m_answer; // to the request, until it is complete
    FrameReader m_reader;
};

/// For request(): what asks for a WebSocket. `fields`: more header lines, each with its end.
QByteArray upgradeRequest(const QByteArray &host, const QByteArray &path, const QByteArray &fields = {});

/// 127.0.0.`lastByte`:`port`
sockaddr_in loopback(int lastByte, std::uint16_t port);

} // namespace odin::swarm
