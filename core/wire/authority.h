// Authority: a host and perhaps a port, as Host, Origin and lists of them name it. Pure; any thread.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace odin {

struct Authority
{
    QByteArray host; ///< lower case, without the dot at its end; an IPv6 address in brackets and in its shortest form
    std::optional<quint16> port;
    bool isAddress = false; ///< an IP address, and no name

    bool operator==(const Authority &) const = default;
};

/// Nothing when it is none (RFC 3986 section 3.2, names as RFC 952 and 1123 have them, and `_`).
std::optional<Authority> parseAuthority(QByteArrayView text);

} // namespace odin
