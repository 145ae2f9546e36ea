#include "tests/support/faultproxycommands.h"

#include "simulator/network/faultproxy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace odin {

namespace {

const QStringList stallNames{QStringLiteral("none"), QStringLiteral("up"), QStringLiteral("down"),
                             QStringLiteral("both")};

QJsonObject failure(const QString &why) { return {{QStringLiteral("ok"), false}, {QStringLiteral("error"), why}}; }

QJsonObject success() { return {{QStringLiteral("ok"), true}}; }

QJsonObject outcome(bool found) { return found ? success() : failure(QStringLiteral("there is no such connection")); }

ConnectionId idOf(const QJsonValue &value) { return ConnectionId(value.toInteger()); }

std::optional<Faults> faultsOf(const QJsonObject &json)
{
    const auto stall = stallNames.indexOf(json.value(QLatin1String("stall")).toString(stallNames.first()));
    if (stall < 0)
        return {};
    const auto ms = [&json](QLatin1String name) { return std::chrono::milliseconds(json.value(name).toInteger()); };
    return Faults{ms(QLatin1String("delayMs")), ms(QLatin1String("jitterMs")),
                  json.value(QLatin1String("bytesPerSecond")).toInteger(), Stall(stall)};
}

QJsonObject setFaults(FaultProxy &proxy, const QJsonObject &command)
{
    const auto faults = faultsOf(command.value(QLatin1String("faults")).toObject());
    if (!faults)
        return failure(QStringLiteral("stall is none, up, down or both"));
    if (command.contains(QLatin1String("connection")))
        return outcome(proxy.setFaults(idOf(command.value(QLatin1String("connection"))), *faults));
    proxy.setFaults(*faults);
    return success();
}

// For the connection that `which` names, or for all when it is true.
template<class One, class All>
QJsonObject forWhich(const QJsonValue &which, One one, All all)
{
    if (!which.isBool())
        return outcome(one(idOf(which)));
    if (which.toBool())
        all();
    return success();
}

QJsonObject refuse(FaultProxy &proxy, bool refusing)
{
    const auto done = proxy.setRefusing(refusing);
    return done ? success() : failure(done.error().text);
}

QJsonObject connections(const FaultProxy &proxy)
{
    QJsonArray list;
    for (const auto &it : proxy.connections())
        list.append(QJsonObject{{QStringLiteral("id"), qint64(it.id)},
                                {QStringLiteral("clientPort"), it.clientPort},
                                {QStringLiteral("halfOpen"), it.isHalfOpen},
                                {QStringLiteral("stall"), stallNames.at(int(it.faults.stall))},
                                {QStringLiteral("upBytes"), qint64(it.upBytes)},
                                {QStringLiteral("downBytes"), qint64(it.downBytes)},
                                {QStringLiteral("upHeldBytes"), qint64(it.upHeldBytes)},
                                {QStringLiteral("downHeldBytes"), qint64(it.downHeldBytes)}});
    return {{QStringLiteral("ok"), true}, {QStringLiteral("connections"), list}};
}

QJsonObject counters(const FaultProxy &proxy)
{
    const auto counters = proxy.counters();
    return {{QStringLiteral("ok"), true},
            {QStringLiteral("accepted"), qint64(counters.accepted)},
            {QStringLiteral("unreachable"), qint64(counters.unreachable)},
            {QStringLiteral("cut"), qint64(counters.cut)},
            {QStringLiteral("halfOpened"), qint64(counters.halfOpened)},
            {QStringLiteral("upBytes"), qint64(counters.upBytes)},
            {QStringLiteral("downBytes"), qint64(counters.downBytes)}};
}

QJsonObject answer(FaultProxy &proxy, const QJsonObject &command)
{
    if (command.contains(QLatin1String("faults")))
        return setFaults(proxy, command);
    if (const auto which = command.value(QLatin1String("cut")); !which.isUndefined())
        return forWhich(
            which, [&](auto id) { return proxy.cut(id); }, [&] { proxy.cutAll(); });
    if (const auto which = command.value(QLatin1String("halfOpen")); !which.isUndefined())
        return forWhich(
            which, [&](auto id) { return proxy.halfOpen(id); }, [&] { proxy.halfOpenAll(); });
    if (const auto refusing = command.value(QLatin1String("refuse")); refusing.isBool())
        return refuse(proxy, refusing.toBool());
    if (command.contains(QLatin1String("connections")))
        return connections(proxy);
    if (command.contains(QLatin1String("counters")))
        return counters(proxy);
    return failure(QStringLiteral("no command: faults, cut, halfOpen, refuse, connections or counters"));
}

} // namespace

QByteArray obeyed(FaultProxy &proxy, const QByteArray &line)
{
    QJsonParseError error;
    const auto command = QJsonDocument::fromJson(line, &error);
    const auto said = command.isObject() ? answer(proxy, command.object()) : failure(error.errorString());
    return QJsonDocument(said).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace odin
