#include "core/security/tokenorder.h"

#include <QJsonArray>
#include <QUuid>

namespace odin {

QJsonObject claimsOf(const TokenOrder &order, qint64 nowMs)
{
    const qint64 now = nowMs / 1000;
    QJsonObject claims{
        {QStringLiteral("sub"), order.subject},
        {QStringLiteral("iat"), now},
        {QStringLiteral("exp"), now + order.life.count() / 1000},
        {QStringLiteral("jti"), order.id.isEmpty() ? QUuid::createUuid().toString(QUuid::WithoutBraces) : order.id}};
    if (order.role == Role::Operator)
        claims.insert(QStringLiteral("role"), QStringLiteral("operator"));
    if (!order.issuer.isEmpty())
        claims.insert(QStringLiteral("iss"), order.issuer);
    if (!order.audience.isEmpty())
        claims.insert(QStringLiteral("aud"), order.audience);
    if (!order.prices)
        return claims;
    QJsonArray prices;
    for (const auto &token : *order.prices)
        prices.append(QString::fromUtf8(token));
    claims.insert(QStringLiteral("tokens"), prices);
    return claims;
}

} // namespace odin
