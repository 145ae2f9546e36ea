#include "core/wire/framescanner.h"

#include <algorithm>

namespace odin {

namespace {

constexpr quint8 finBit = 0x80, opcodeBits = 0x0f, controlBit = 0x08, maskBit = 0x80, lengthBits = 0x7f;
constexpr quint8 lengthIn2Bytes = 126, lengthIn8Bytes = 127;

} // namespace

FrameScanner::Seen FrameScanner::feed(QByteArrayView bytes)
{
    Seen seen;
    while (!bytes.isEmpty()) {
        if (m_payloadLeft == 0)
            takeHead(bytes, seen);
        else
            takePayload(bytes);
        seen.hasEnded = seen.hasEnded || !isInside();
    }
    return seen;
}

void FrameScanner::takePayload(QByteArrayView &bytes)
{
    const auto passed = qsizetype(std::min<quint64>(m_payloadLeft, quint64(bytes.size())));
    bytes = bytes.sliced(passed);
    m_payloadLeft -= quint64(passed);
}

void FrameScanner::takeHead(QByteArrayView &bytes, Seen &seen)
{
    m_head[m_headSize++] = quint8(bytes.front());
    bytes = bytes.sliced(1);
    if (m_headSize < headNeeded())
        return;
    const bool isLast = m_head[0] & finBit;
    const int opcode = m_head[0] & opcodeBits;
    if (opcode & controlBit) {
        ++seen.controls;
    } else {
        seen.pieces += !isLast || m_isInMessage;
        m_isInMessage = !isLast;
    }
    seen.isUnmasked = seen.isUnmasked || !(m_head[1] & maskBit);
    m_payloadLeft = payloadSize();
    m_headSize = 0;
}

std::size_t FrameScanner::headNeeded() const
{
    if (m_headSize < 2)
        return 2;
    const auto length = m_head[1] & lengthBits;
    return 2u + (length == lengthIn2Bytes ? 2u : length == lengthIn8Bytes ? 8u : 0u) + (m_head[1] & maskBit ? 4u : 0u);
}

quint64 FrameScanner::payloadSize() const
{
    const quint64 length = m_head[1] & lengthBits;
    const std::size_t bytes = length == lengthIn2Bytes ? 2 : length == lengthIn8Bytes ? 8 : 0;
    quint64 size = bytes == 0 ? length : 0;
    for (std::size_t byte = 0; byte < bytes; ++byte)
        size = size << 8 | m_head[2 + byte];
    return size;
}

} // namespace odin
