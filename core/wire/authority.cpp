#include "core/wire/authority.h"

#include <QList>

#include <arpa/inet.h>

#include <algorithm>

namespace odin {

namespace {

constexpr qsizetype nameBytesMax = 253; // RFC 1035
constexpr qsizetype labelBytesMax = 63;

bool isNameChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool isLabel(const QByteArray &label)
{
    return !label.isEmpty() && label.size() <= labelBytesMax && std::all_of(label.begin(), label.end(), isNameChar);
}

bool isName(const QByteArray &name)
{
    const auto labels = name.split('.');
    return name.size() <= nameBytesMax && std::all_of(labels.begin(), labels.end(), isLabel);
}

// Without its brackets; empty when it is no address.
QByteArray shortestV6(const QByteArray &text)
{
    in6_addr address{};
    char shortest[INET6_ADDRSTRLEN]{};
    const bool isV6 = ::inet_pton(AF_INET6, text.constData(), &address) == 1
        && ::inet_ntop(AF_INET6, &address, shortest, sizeof shortest);
    return isV6 ? QByteArray(shortest) : QByteArray();
}

bool isV4(const QByteArray &text)
{
    in_addr address{};
    return ::inet_pton(AF_INET, text.constData(), &address) == 1;
}

std::optional<quint16> parsePort(QByteArrayView digits)
{
    const bool looksRight = !digits.isEmpty() && digits.size() <= 5 && digits.front() != '0'
        && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    const int port = looksRight ? digits.toByteArray().toInt() : 0;
    return port > 0 && port <= 0xffff ? std::optional(quint16(port)) : std::nullopt;
}

std::optional<Authority> parseHost(QByteArray host)
{
    if (host.startsWith('[') && host.endsWith(']')) {
        const auto address = shortestV6(host.mid(1, host.size() - 2));
        return address.isEmpty() ? std::nullopt : std::optional(Authority{'[' + address + ']', {}, true});
    }
    host = host.toLower();
    if (isV4(host))
        return Authority{host, {}, true};
    if (host.endsWith('.'))
        host.chop(1);
    return isName(host) ? std::optional(Authority{host, {}, false}) : std::nullopt;
}

} // namespace

std::optional<Authority> parseAuthority(QByteArrayView text)
{
    if (text.contains('\0')) // the end of a text for some of what is called here
        return {};
    const auto colon = text.lastIndexOf(':');
    const bool hasPort = colon > text.lastIndexOf(']'); // those of an IPv6 address stand in its brackets
    auto authority = parseHost((hasPort ? text.first(colon) : text).toByteArray());
    if (!authority || !hasPort)
        return authority;
    authority->port = parsePort(text.sliced(colon + 1));
    return authority->port ? authority : std::nullopt;
}

} // namespace odin
