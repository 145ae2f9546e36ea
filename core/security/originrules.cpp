#include "core/security/originrules.h"

#include <QUrl>

#include <algorithm>
#include <optional>

namespace odin {

namespace {

struct WebOrigin
{
    QByteArray scheme;
    Authority authority; ///< with its port, also the one that the scheme implies

    QByteArray text() const { return scheme + "://" + authority.host + ':' + QByteArray::number(authority.port.value_or(0)); }
};

std::optional<quint16> impliedPort(QByteArrayView scheme)
{
    if (scheme == "http")
        return 80;
    return scheme == "https" ? std::optional<quint16>(443) : std::nullopt;
}

bool isScheme(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    });
}

// In lower case already. Neither a path nor a user, and no dot behind the host.
std::optional<WebOrigin> parseOrigin(QByteArrayView text)
{
    const auto colon = text.indexOf("://");
    if (colon < 0 || !isScheme(text.first(colon)))
        return {};
    const auto scheme = text.first(colon);
    const auto rest = text.sliced(colon + 3);
    auto authority = parseAuthority(rest);
    if (!authority || !rest.startsWith(authority->host) || rest.sliced(authority->host.size()).startsWith('.'))
        return {};
    if (!authority->port)
        authority->port = impliedPort(scheme);
    return WebOrigin{scheme.toByteArray(), *authority};
}

bool isLowerCase(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool isSameHost(const WebOrigin &origin, const Authority &host, bool isTls)
{
    const auto implied = impliedPort(origin.scheme);
    if (!implied || (isTls && origin.scheme != "https"))
        return false;
    return origin.authority.host == host.host && origin.authority.port == host.port.value_or(*implied);
}

// As an operator may write it: in any case, in any script.
std::optional<WebOrigin> readOrigin(const QString &entry)
{
    const auto parts = entry.toLower().split(QStringLiteral("://"));
    if (parts.size() != 2)
        return {};
    const auto colon = parts[1].lastIndexOf(QLatin1Char(':'));
    const auto port = colon > parts[1].lastIndexOf(QLatin1Char(']')) ? parts[1].mid(colon) : QString();
    const auto host = parts[1].chopped(port.size());
    const auto inAscii = QUrl::toAce(host);
    return parseOrigin(parts[0].toUtf8() + "://" + (inAscii.isEmpty() ? host.toUtf8() : inAscii) + port.toUtf8());
}

} // namespace

Result<OriginRules> OriginRules::of(const QStringList &origins)
{
    OriginRules rules;
    for (const auto &entry : origins) {
        if (entry == QLatin1String("*")) {
            rules.m_isAny = true;
            continue;
        }
        const auto origin = readOrigin(entry);
        if (!origin)
            return Error{QStringLiteral("origins: \"%1\" is not an origin like https://example.com or "
                                        "https://example.com:8443, without a path").arg(entry)};
        rules.m_origins.insert(origin->text());
    }
    return rules;
}

bool OriginRules::admits(const RequestHead &head, bool isTls) const
{
    const auto said = head.count("origin");
    if (said == 0)
        return true;
    if (said > 1)
        return false;
    if (m_isAny)
        return true;
    const auto text = head.field("origin");
    const auto origin = isLowerCase(text) ? parseOrigin(text) : std::nullopt;
    if (!origin)
        return false;
    return m_origins.empty() ? isSameHost(*origin, head.host, isTls) : m_origins.contains(origin->text());
}

} // namespace odin
