#include "simulator/swarm/connection.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

namespace odin::swarm {

namespace {

constexpr std::string_view expectedAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="; // of the key in RFC 6455 section 1.3
constexpr std::size_t answerBytesMax = 16 * 1024;

template<class Address>
const sockaddr *generic(const Address &address)
{
    return reinterpret_cast<const sockaddr *>(&address);
}

} // namespace

sockaddr_in loopback(int lastByte, std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + std::uint32_t(lastByte));
    return address;
}

QByteArray upgradeRequest(const QByteArray &host, const QByteArray &path, const QByteArray &fields)
{
    return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          "Sec-WebSocket-Version: 13\r\n\r\n";
}

bool Connection::start(const sockaddr_in &to, int source)
{
    m_startedAt = std::chrono::steady_clock::now();
    m_reader = {};
    m_answer.clear();
    m_refusedStatus = m_closeCode = 0;
    m_descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    const auto from = loopback(source, 0);
    // The port is chosen at connect(), for the pair of addresses: 28,000 of them for each source address.
    const bool isStarted = m_descriptor >= 0
        && (source == 0
            || (::setsockopt(m_descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on) == 0
                && ::bind(m_descriptor, generic(from), sizeof from) == 0))
        && (::connect(m_descriptor, generic(to), sizeof to) == 0 || errno == EINPROGRESS);
    if (!isStarted)
        close();
    else
        m_state = State::Connecting;
    return isStarted;
}

void Connection::request(QByteArrayView text)
{
    const auto sent = ::send(m_descriptor, text.data(), size_t(text.size()), MSG_NOSIGNAL);
    if (sent != text.size()) // a fresh socket takes a few hundred bytes, or it is broken
        return close();
    m_state = State::Handshaking;
}

void Connection::read(Listener &listener, std::string &buffer)
{
    const auto got = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (got > 0)
        return take(std::string_view(buffer).substr(0, std::size_t(got)), listener);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    ++listener.closed;
    close();
}

void Connection::take(std::string_view bytes, Listener &listener)
{
    if (m_state == State::Handshaking)
        return readAnswer(bytes, listener);
    listener.bytes += bytes.size();
    const bool isValid = m_reader.take(bytes, [&](const Frame &frame) { takeFrame(frame, listener); });
    if (isValid)
        return;
    ++listener.violations;
    close();
}

void Connection::takeFrame(const Frame &frame, Listener &listener)
{
    if (frame.opcode == Opcode::Ping) {
        ++listener.pings;
        sendFrame(Opcode::Pong, frame.payload);
    } else if (frame.opcode == Opcode::Text) {
        listener.text(frame.payload);
    } else if (frame.opcode == Opcode::Binary) {
        listener.binary(frame.payload);
    } else if (frame.opcode == Opcode::Close) {
        constexpr int without = 1005; // RFC 6455 section 7.1.5
        m_closeCode = frame.payload.size() < 2 ? without : std::uint8_t(frame.payload[0]) << 8 | std::uint8_t(frame.payload[1]);
        sendFrame(Opcode::Close, frame.payload.substr(0, 2));
    }
}

void Connection::readAnswer(std::string_view bytes, Listener &listener)
{
    m_answer += bytes;
    const auto end = m_answer.find("\r\n\r\n");
    if (end == std::string::npos && m_answer.size() < answerBytesMax)
        return;
    if (!m_answer.starts_with("HTTP/1.1 101 ") || m_answer.find(expectedAccept) > end) {
        constexpr std::string_view version = "HTTP/1.1 ";
        if (m_answer.starts_with(version))
            m_refusedStatus = std::atoi(m_answer.c_str() + version.size());
        return close();
    }
    m_state = State::Open;
    const auto answer = std::exchange(m_answer, {});
    take(std::string_view(answer).substr(end + 4), listener);
}

void Connection::send(std::string_view text) { sendFrame(Opcode::Text, text); }

void Connection::sendBinary(std::string_view bytes) { sendFrame(Opcode::Binary, bytes); }

void Connection::sendFrame(Opcode opcode, std::string_view payload)
{
    constexpr std::size_t shortMax = 125, isMasked = 0x80, twoBytesFollow = 126;
    const auto size = payload.size();
    std::string frame{char(0x80 | std::uint8_t(opcode))};
    if (size <= shortMax)
        frame += char(isMasked | size);
    else
        frame += {char(isMasked | twoBytesFollow), char(size >> 8), char(size & 0xFF)};
    frame.append(4, '\0').append(payload);
    ::send(m_descriptor, frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void Connection::close()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
    m_state = State::Closed;
}

} // namespace odin::swarm
