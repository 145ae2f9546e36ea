#include "core/http/clientjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace odin {

namespace {

QJsonObject objectOf(const ClientRow &row)
{
    return {{QStringLiteral("id"), QString::fromUtf8(row.id)},
            {QStringLiteral("address"), QString::fromUtf8(row.address)},
            {QStringLiteral("port"), row.port},
            {QStringLiteral("user"), QString::fromUtf8(row.user)},
            {QStringLiteral("since"), row.sinceMs},
            {QStringLiteral("tokens"), QString::fromUtf8(row.tokens)},
            {QStringLiteral("mode"), QString::fromLatin1(modeName(row.pace.mode))},
            {QStringLiteral("limitHz"), row.limitHz > 0 ? QJsonValue(row.limitHz) : QJsonValue()},
            {QStringLiteral("backlogBytes"), row.backlogBytes},
            {QStringLiteral("conflated"), qint64(row.conflated)},
            {QStringLiteral("roundTripMs"), row.roundTripMs},
            {QStringLiteral("state"), QString::fromLatin1(clientStateNames[std::size_t(row.state)])}};
}

} // namespace

QByteArray clientsJson(const ClientListing &listing)
{
    QJsonArray rows;
    for (const auto &row : listing.rows)
        rows.append(objectOf(row));
    return QJsonDocument(QJsonObject{{QStringLiteral("time"), listing.takenMs},
                                     {QStringLiteral("total"), listing.total},
                                     {QStringLiteral("matching"), listing.matching},
                                     {QStringLiteral("first"), listing.first},
                                     {QStringLiteral("clients"), rows}})
        .toJson(QJsonDocument::Compact);
}

QByteArray clientJson(const ClientDetails &details)
{
    auto object = objectOf(details.row);
    object.insert(QStringLiteral("updates"), qint64(details.updates));
    object.insert(QStringLiteral("bytes"), qint64(details.bytes));
    object.insert(QStringLiteral("commands"), qint64(details.commands));
    object.insert(QStringLiteral("commandErrors"), qint64(details.commandErrors));
    object.insert(QStringLiteral("heldUpdates"), qint64(details.heldUpdates));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace odin
