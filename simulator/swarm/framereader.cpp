#include "simulator/swarm/framereader.h"

namespace odin::swarm {

namespace {

std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char byte : bytes)
        value = value << 8 | std::uint8_t(byte);
    return value;
}

bool isKnown(std::uint8_t opcode) { return opcode <= 2 || (opcode >= 8 && opcode <= 10); }

} // namespace

bool FrameReader::parse(std::string_view bytes, Header &header) const
{
    header = {};
    if (bytes.size() < 2)
        return false;
    const std::uint8_t first = std::uint8_t(bytes[0]), second = std::uint8_t(bytes[1]);
    const std::size_t lengthBytes = (second & 0x7F) == 126 ? 2 : (second & 0x7F) == 127 ? 8 : 0;
    if (bytes.size() < 2 + lengthBytes)
        return false;
    header.size = 2 + lengthBytes;
    header.length = lengthBytes == 0 ? second & 0x7F : bigEndian(bytes.substr(2, lengthBytes));
    header.isFinal = first & 0x80;
    header.opcode = Opcode(first & 0x0F);
    const bool isMasked = second & 0x80;
    const bool isShortest = lengthBytes == 0 || header.length > (lengthBytes == 2 ? 125u : 0xFFFFu);
    header.isValid = !isMasked && isShortest && isAllowed(header, first);
    return true;
}

bool FrameReader::isAllowed(const Header &header, std::uint8_t first) const
{
    if ((first & 0x70) || !isKnown(first & 0x0F) || header.length > frameBytesMax)
        return false;
    if (header.isControl())
        return header.isFinal && header.length <= 125;
    return (header.opcode == Opcode::Continuation) == m_inMessage;
}

} // namespace odin::swarm
