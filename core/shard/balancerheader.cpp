#include "core/shard/balancerheader.h"

#include "core/model/limits.h"

#include <QList>
#include <QtEndian>

#include <arpa/inet.h>

#include <algorithm>

namespace odin {

namespace {

using Parsed = std::variant<BalancerHeaderIncomplete, BalancerHeader, BalancerHeaderMalformed>;

// Version 1: a line of text.
constexpr QByteArrayView sign1("PROXY ", 6);
constexpr qsizetype lineBytesMax = 107; // with its CR LF

// Version 2: sign, version and command, family and transport, length of the rest.
constexpr QByteArrayView sign2("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr qsizetype fixedBytes = 16;
constexpr int versionByte = 12, familyByte = 13, lengthBytes = 14;

std::optional<quint16> parsePort(const QByteArray &digits)
{
    const bool looksRight = !digits.isEmpty() && digits.size() <= 5 && (digits.size() == 1 || digits.front() != '0')
        && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    const int port = looksRight ? digits.toInt() : -1;
    return port >= 0 && port <= 0xffff ? std::optional(quint16(port)) : std::nullopt;
}

bool isAddress(int family, const QByteArray &text)
{
    in6_addr room{};
    return ::inet_pton(family, text.constData(), &room) == 1;
}

// PROXY TCP4 198.51.100.1 203.0.113.7 56324 443
Parsed parseLine(QByteArrayView line, qsizetype bytes)
{
    if (line.contains('\0'))
        return BalancerHeaderMalformed{};
    const auto words = line.toByteArray().split(' ');
    if (words.size() > 1 && words[1] == "UNKNOWN")
        return BalancerHeader{bytes, {}};
    const bool isV4 = words.size() == 6 && words[1] == "TCP4";
    const bool isV6 = words.size() == 6 && words[1] == "TCP6";
    if (!isV4 && !isV6)
        return BalancerHeaderMalformed{};
    const int family = isV4 ? AF_INET : AF_INET6;
    const auto port = parsePort(words[4]);
    if (!isAddress(family, words[2]) || !isAddress(family, words[3]) || !port || !parsePort(words[5]))
        return BalancerHeaderMalformed{};
    return BalancerHeader{bytes, BalancerHeader::Client{QHostAddress(QString::fromLatin1(words[2])), *port}};
}

Parsed parseVersion1(QByteArrayView bytes)
{
    const auto line = bytes.first(std::min(bytes.size(), lineBytesMax));
    const auto end = line.indexOf("\r\n");
    if (end < 0 && bytes.size() < lineBytesMax)
        return BalancerHeaderIncomplete{};
    return end < 0 ? Parsed(BalancerHeaderMalformed{}) : parseLine(line.first(end), end + 2);
}

// Of TCP over IPv4 (0x11) and IPv6 (0x21). Of others there is no address that we could use.
std::optional<BalancerHeader::Client> clientOf(quint8 family, QByteArrayView addresses)
{
    const auto *data = reinterpret_cast<const uchar *>(addresses.data());
    if (family == 0x11 && addresses.size() >= 12)
        return BalancerHeader::Client{QHostAddress(qFromBigEndian<quint32>(data)), qFromBigEndian<quint16>(data + 8)};
    if (family == 0x21 && addresses.size() >= 36)
        return BalancerHeader::Client{QHostAddress(data), qFromBigEndian<quint16>(data + 32)};
    return {};
}

Parsed parseVersion2(QByteArrayView bytes)
{
    if (bytes.size() < fixedBytes)
        return BalancerHeaderIncomplete{};
    const auto command = quint8(bytes[versionByte]);
    const auto family = quint8(bytes[familyByte]);
    const auto size = fixedBytes + qFromBigEndian<quint16>(bytes.data() + lengthBytes);
    constexpr quint8 local = 0x20, proxy = 0x21, unspecified = 0x00;
    if ((command != local && command != proxy) || size > limits::balancerHeaderBytesMax)
        return BalancerHeaderMalformed{};
    if (bytes.size() < size)
        return BalancerHeaderIncomplete{};
    if (command == local || family == unspecified)
        return BalancerHeader{size, {}};
    const auto client = clientOf(family, bytes.sliced(fixedBytes, size - fixedBytes)); // TLVs behind it are not read
    return client ? Parsed(BalancerHeader{size, client}) : Parsed(BalancerHeaderMalformed{});
}

bool mayBegin(QByteArrayView bytes, QByteArrayView sign)
{
    const auto known = std::min(bytes.size(), sign.size());
    return bytes.first(known) == sign.first(known);
}

} // namespace

Parsed parseBalancerHeader(QByteArrayView bytes)
{
    if (!mayBegin(bytes, sign1) && !mayBegin(bytes, sign2))
        return BalancerHeaderMalformed{};
    if (bytes.size() < std::min(sign1.size(), sign2.size()))
        return BalancerHeaderIncomplete{};
    return bytes.startsWith(sign1) ? parseVersion1(bytes) : parseVersion2(bytes);
}

} // namespace odin
