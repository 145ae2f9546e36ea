#include "core/security/claims.h"

#include "core/model/limits.h"
#include "core/wire/buspayload.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

constexpr double secondsMax = 253'402'300'799; // the year 9999; milliseconds by mistake are far beyond
constexpr qint64 skewMs = limits::tokenSkewMsMax.count();
constexpr qsizetype nameBytesMax = 256;
constexpr qsizetype tokensMax = 1000;

// Thrown inside this file only.
struct Refused
{
    TokenFault fault;
};

std::optional<qint64> timeOf(const QJsonObject &claims, const char *name)
{
    const auto value = claims.value(QLatin1String(name));
    if (value.isUndefined())
        return {};
    const double seconds = value.toDouble(-1);
    if (!(seconds >= 0 && seconds <= secondsMax))
        throw Refused{TokenFault::Claims};
    return qint64(std::floor(seconds * 1000));
}

bool isControl(QChar c) { return c.category() == QChar::Other_Control; }

// A text that may stand in logs and lists.
QByteArray nameIn(const QJsonValue &value)
{
    const auto text = value.toString();
    const auto bytes = text.toUtf8();
    if (bytes.isEmpty() || bytes.size() > nameBytesMax || !text.isValidUtf16() || std::ranges::any_of(text, isControl))
        throw Refused{TokenFault::Claims};
    return bytes;
}

std::optional<std::set<QByteArray>> pricesIn(const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    const auto list = value.toArray();
    if (!value.isArray() || list.size() > tokensMax)
        throw Refused{TokenFault::Claims};
    std::set<QByteArray> prices;
    bool all = false;
    for (const auto &entry : list) {
        const auto token = entry.toString().toUtf8();
        if (!entry.isString() || (token != "*" && !isValidTokenId(token)))
            throw Refused{TokenFault::Claims};
        all = all || token == "*";
        prices.insert(token);
    }
    return all ? std::nullopt : std::optional(prices);
}

Role roleIn(const QJsonValue &value)
{
    if (value.isUndefined() || value == QLatin1String("viewer"))
        return Role::Viewer;
    if (value != QLatin1String("operator"))
        throw Refused{TokenFault::Claims};
    return Role::Operator;
}

void checkTimes(const QJsonObject &claims, Identity &identity, qint64 nowMs)
{
    const auto expires = timeOf(claims, "exp");
    const auto issued = timeOf(claims, "iat");
    const auto notBefore = timeOf(claims, "nbf");
    if (!expires)
        throw Refused{TokenFault::Claims};
    if (nowMs >= *expires + skewMs)
        throw Refused{TokenFault::Expired};
    if (std::max(issued.value_or(0), notBefore.value_or(0)) > nowMs + skewMs)
        throw Refused{TokenFault::NotYetValid};
    identity.issuedMs = issued.value_or(0);
    identity.expiresMs = *expires;
}

void checkIssuer(const QJsonValue &value, const QString &wanted)
{
    if (!value.isUndefined() && !value.isString())
        throw Refused{TokenFault::Claims};
    if (!wanted.isEmpty() && value.toString() != wanted)
        throw Refused{TokenFault::Issuer};
}

void checkAudience(const QJsonValue &value, const QString &wanted)
{
    const auto list = value.isArray() ? value.toArray() : value.isUndefined() ? QJsonArray() : QJsonArray{value};
    if (!std::ranges::all_of(list, [](const QJsonValue &one) { return one.isString(); }))
        throw Refused{TokenFault::Claims};
    if (!wanted.isEmpty() && !list.contains(wanted))
        throw Refused{TokenFault::Audience};
}

} // namespace

std::variant<Identity, TokenFault> identityOf(const QJsonObject &claims, const ClaimRules &rules, qint64 nowMs)
{
    try {
        Identity identity;
        checkTimes(claims, identity, nowMs);
        checkIssuer(claims.value(QLatin1String("iss")), rules.issuer);
        checkAudience(claims.value(QLatin1String("aud")), rules.audience);
        identity.subject = nameIn(claims.value(QLatin1String("sub")));
        if (const auto id = claims.value(QLatin1String("jti")); !id.isUndefined())
            identity.tokenId = nameIn(id);
        identity.prices = pricesIn(claims.value(QLatin1String("tokens")));
        identity.role = roleIn(claims.value(QLatin1String("role")));
        return identity;
    } catch (const Refused &refused) {
        return refused.fault;
    }
}

} // namespace odin
