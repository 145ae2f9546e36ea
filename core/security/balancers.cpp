#include "core/security/balancers.h"

#include "core/wire/authority.h"

#include <QtEndian>

#include <algorithm>
#include <bit>
#include <optional>

namespace odin {

namespace {

using Bytes = std::array<quint8, 16>;

constexpr int mappedBits = 96; // before an IPv4 address in IPv6

Bytes bytesOf(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (!isV4)
        return std::bit_cast<Bytes>(address.toIPv6Address());
    Bytes bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    qToBigEndian(v4, bytes.data() + mappedBits / 8);
    return bytes;
}

bool beginAlike(const Bytes &a, const Bytes &b, int bits)
{
    const auto whole = std::ptrdiff_t(bits / 8);
    if (!std::equal(a.begin(), a.begin() + whole, b.begin()))
        return false;
    return bits % 8 == 0 || (a[std::size_t(whole)] ^ b[std::size_t(whole)]) >> (8 - bits % 8) == 0;
}

// Qt reads "10" as an address, too.
QHostAddress strictAddress(const QString &text)
{
    const bool isV6 = text.contains(QLatin1Char(':'));
    const auto parsed = parseAuthority((isV6 ? QStringLiteral("[%1]") : QStringLiteral("%1")).arg(text).toUtf8());
    return parsed && parsed->isAddress && !parsed->port ? QHostAddress(text) : QHostAddress();
}

} // namespace

std::optional<Balancers::Network> Balancers::parse(const QString &entry)
{
    const auto parts = entry.split(QLatin1Char('/'));
    const auto address = strictAddress(parts.first());
    if (address.isNull() || parts.size() > 2)
        return {};
    const int before = address.protocol() == QAbstractSocket::IPv4Protocol ? mappedBits : 0;
    bool isNumber = true;
    const int bits = parts.size() == 2 ? parts.last().toInt(&isNumber) : 128 - before;
    const bool isDigits = parts.size() == 1 || (!parts.last().isEmpty() && parts.last().front().isDigit());
    if (!isNumber || !isDigits || bits < 0 || bits > 128 - before)
        return {};
    return Network{bytesOf(address), before + bits};
}

Result<Balancers> Balancers::of(const QStringList &entries)
{
    Balancers balancers;
    for (const auto &entry : entries) {
        const auto network = parse(entry);
        if (!network)
            return Error{QStringLiteral("balancers: \"%1\" is neither an address like 10.0.0.7 nor a network like 10.1.0.0/16 "
                                        "or fd00::/8").arg(entry)};
        balancers.m_networks.push_back(*network);
    }
    return balancers;
}

bool Balancers::contains(const QHostAddress &address) const
{
    if (m_networks.empty())
        return false;
    const auto bytes = bytesOf(address);
    return std::ranges::any_of(m_networks, [&](const Network &network) { return beginAlike(network.bytes, bytes, network.bits); });
}

} // namespace odin
