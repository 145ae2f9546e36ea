#include "ui/models/clientfacts.h"

#include "ui/models/clientsmodel.h"
#include "ui/models/format.h"

namespace odin {

namespace {

QString joined(const QByteArrayList &words) { return QString::fromLatin1(words.join(", ")); }

QString askedOf(const ClientDetails &client)
{
    auto asked = client.row;
    asked.pace = client.asked;
    asked.limitHz = 0;
    return formatPace(asked);
}

QString commandsOf(const ClientDetails &client)
{
    const auto all = formatCount(client.commands);
    return client.commandErrors == 0 ? all
                                     : all + QStringLiteral(", %1 refused").arg(formatCount(client.commandErrors));
}

QString stateOf(const ClientDetails &client)
{
    const auto word = QLatin1String(clientStateNames[std::size_t(client.row.state)]);
    if (client.row.state != ClientState::CatchingUp)
        return word;
    return word
        + QStringLiteral(", at %1 of %2")
              .arg(formatCount(quint64(client.caughtUpTo)), formatCount(quint64(client.catchUpEnd)));
}

} // namespace

QList<ClientFact> factsOf(const ClientDetails &client)
{
    const auto &row = client.row;
    return {
        {QStringLiteral("Address"), formatPeer(row)},
        {QStringLiteral("User"), row.user.isEmpty() ? QStringLiteral("not identified") : QString::fromUtf8(row.user)},
        {QStringLiteral("Since"), formatClock(row.sinceMs, client.takenMs)},
        {QStringLiteral("State"), stateOf(client)},
        {QStringLiteral("Mode"), formatPace(row)},
        {QStringLiteral("Asked for"), askedOf(client)},
        {QStringLiteral("Round trip"),
         row.roundTripMs > 0 ? formatLatency(row.roundTripMs) : QStringLiteral("not measured yet")},
        {QStringLiteral("Pings unanswered"), QString::number(client.pingsUnanswered)},
        {QStringLiteral("Backlog"), formatBytes(double(row.backlogBytes))},
        {QStringLiteral("In the kernel"), formatBytes(double(client.kernelBytes))},
        {QStringLiteral("Held back"), formatCount(client.heldUpdates)},
        {QStringLiteral("Updates sent"), formatCount(client.updates)},
        {QStringLiteral("Bytes sent"), formatBytes(double(client.bytes))},
        {QStringLiteral("Conflated"), formatCount(row.conflated)},
        {QStringLiteral("Commands"), commandsOf(client)}};
}

QString subscriptionOf(const ClientDetails &client)
{
    if (client.channels.isEmpty())
        return QStringLiteral("nothing");
    auto tokens = client.tokens == QByteArrayList{"*"} ? QStringLiteral("all tokens") : joined(client.tokens);
    if (!client.withoutTokens.isEmpty())
        tokens += QStringLiteral(" but ") + joined(client.withoutTokens);
    return (tokens.isEmpty() ? QString() : tokens + QStringLiteral(" · ")) + joined(client.channels);
}

} // namespace odin
