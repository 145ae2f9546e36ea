// FrameReader: takes the bytes of a WebSocket server as they come and gives whole frames; strict about RFC 6455.
// Thread: confined to its connection's. Owner: a connection of the swarm; pure, no I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace odin::swarm {

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

struct Frame
{
    Opcode opcode;
    std::string_view payload; ///< valid during the visit only
};

class FrameReader
{
public:
    /// Calls visit(Frame) for each frame that is complete. False after bytes that no server may send.
    template<class Visit>
    bool take(std::string_view bytes, Visit visit)
    {
        if (!m_rest.empty())
            bytes = m_rest.append(bytes);
        std::size_t done = 0;
        Header header;
        while (parse(bytes.substr(done), header) && header.isValid
               && bytes.size() - done >= header.size + header.length) {
            visit(Frame{header.opcode, bytes.substr(done + header.size, header.length)});
            done += header.size + header.length;
            m_inMessage = header.leavesMessageOpen(m_inMessage);
        }
        keep(bytes.substr(done));
        return header.isValid;
    }

private:
    static constexpr std::uint64_t frameBytesMax = 1024 * 1024;

    struct Header
    {
        bool isValid = true;
        bool isFinal = true;
        Opcode opcode = Opcode::Text;
        std::size_t size = 0;
        std::uint64_t length = 0;

        bool isControl() const { return std::uint8_t(opcode) >= 8; }
        bool leavesMessageOpen(bool wasOpen) const { return isControl() ? wasOpen : !isFinal; }
    };

    bool parse(std::string_view bytes, Header &header) const; ///< false: the header is not complete yet
    bool isAllowed(const Header &header, std::uint8_t first) const;
    void keep(std::string_view rest) { m_rest = std::string(rest); }

    std::string m_rest;
    bool m_inMessage = false; // between the first and the last frame of a fragmented message
};

} // namespace odin::swarm
