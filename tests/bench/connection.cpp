#include "tests/bench/connection.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace odin::bench {

namespace {

constexpr std::string_view expectedAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="; // of the key in RFC 6455 section 1.3
constexpr std::size_t answerBytesMax = 16 * 1024;

sockaddr_in loopback(int lastByte, std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + std::uint32_t(lastByte));
    return address;
}

template<class Address>
const sockaddr *generic(const Address &address)
{
    return reinterpret_cast<const sockaddr *>(&address);
}

} // namespace

bool Connection::start(std::uint16_t port, int source)
{
    m_startedAt = std::chrono::steady_clock::now();
    m_descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    const auto from = loopback(source, 0), to = loopback(1, port);
    // The port is chosen at connect(), for the pair of addresses: 28,000 of them for each source address.
    const bool isStarted = m_descriptor >= 0
        && ::setsockopt(m_descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on) == 0
        && ::bind(m_descriptor, generic(from), sizeof from) == 0
        && (::connect(m_descriptor, generic(to), sizeof to) == 0 || errno == EINPROGRESS);
    if (!isStarted)
        close();
    else
        m_state = State::Connecting;
    return isStarted;
}

void Connection::request(std::string_view text)
{
    const auto sent = ::send(m_descriptor, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent != ssize_t(text.size())) // a fresh socket takes a few hundred bytes, or it is broken
        return close();
    m_state = State::Handshaking;
}

void Connection::read(Tally &tally, std::string &buffer)
{
    const auto got = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (got > 0)
        return take(std::string_view(buffer).substr(0, std::size_t(got)), tally);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    ++tally.closed;
    close();
}

void Connection::take(std::string_view bytes, Tally &tally)
{
    if (m_state == State::Handshaking)
        return readAnswer(bytes, tally);
    tally.bytes += bytes.size();
    const bool isValid = m_reader.take(bytes, [&](const Frame &frame) {
        if (frame.opcode == Opcode::Ping) {
            ++tally.pings;
            pong(frame.payload);
        } else if (frame.opcode == Opcode::Text) {
            tally.text(frame.payload);
        }
    });
    if (isValid)
        return;
    ++tally.violations;
    close();
}

void Connection::readAnswer(std::string_view bytes, Tally &tally)
{
    m_answer += bytes;
    const auto end = m_answer.find("\r\n\r\n");
    if (end == std::string::npos && m_answer.size() < answerBytesMax)
        return;
    if (!m_answer.starts_with("HTTP/1.1 101 ") || m_answer.find(expectedAccept) > end)
        return close();
    m_state = State::Open;
    const auto answer = std::exchange(m_answer, {});
    take(std::string_view(answer).substr(end + 4), tally);
}

// Masked, as a client's frames must be; with a mask of zeros, which leaves the payload as it is.
void Connection::pong(std::string_view payload)
{
    std::string frame{char(0x8A), char(0x80 | payload.size()), 0, 0, 0, 0};
    frame += payload;
    ::send(m_descriptor, frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void Connection::close()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
    m_state = State::Closed;
}

} // namespace odin::bench
