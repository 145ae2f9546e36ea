#include "ui/models/loadtestmessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace odin {

namespace {

double numberIn(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toDouble(); }

int wholeIn(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toInt(); }

qint64 countIn(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toInteger(); }

QString textIn(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toString(); }

std::optional<double> maybeIn(const QJsonObject &object, const char *key)
{
    const auto value = object.value(QLatin1String(key));
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

LoadTestVerdict verdictNamed(const QString &word)
{
    for (const auto verdict : {LoadTestVerdict::Met, LoadTestVerdict::Missed, LoadTestVerdict::Undecided}) {
        if (verdictWord(verdict) == word)
            return verdict;
    }
    return LoadTestVerdict::None;
}

std::vector<LoadTestGoal> goalsIn(const QJsonObject &step)
{
    std::vector<LoadTestGoal> goals;
    for (const auto &value : step.value(u"goals").toArray()) {
        const auto goal = value.toObject();
        goals.push_back({textIn(goal, "name"), numberIn(goal, "most"), numberIn(goal, "measured"),
                         verdictNamed(textIn(goal, "verdict"))});
    }
    return goals;
}

std::map<int, qint64> tallyIn(const QJsonObject &step, const char *key)
{
    std::map<int, qint64> tally;
    const auto object = step.value(QLatin1String(key)).toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        tally[it.key().toInt()] = it.value().toInteger();
    return tally;
}

std::optional<LoadTestUsage> usageIn(const QJsonObject &step, const char *key)
{
    const auto value = step.value(QLatin1String(key));
    if (!value.isObject())
        return {};
    const auto usage = value.toObject();
    return LoadTestUsage{numberIn(usage, "cores"), numberIn(usage, "residentBytes"), wholeIn(usage, "shards")};
}

LoadTestLatency latencyIn(const QJsonObject &step)
{
    const auto delivery = step.value(u"deliveryMs").toObject();
    return {countIn(delivery, "count"), numberIn(delivery, "p50"), numberIn(delivery, "p99"),
            numberIn(delivery, "max")};
}

LoadTestStep stepOf(const QJsonObject &object)
{
    return {.clients = wholeIn(object, "clients"),
            .open = wholeIn(object, "open"),
            .seconds = numberIn(object, "seconds"),
            .connectSeconds = numberIn(object, "connectSeconds"),
            .updatesPerSecond = numberIn(object, "updatesPerSecond"),
            .bytesPerSecond = numberIn(object, "bytesPerSecond"),
            .refused = countIn(object, "refused"),
            .failed = countIn(object, "failed"),
            .dropped = countIn(object, "dropped"),
            .lost = countIn(object, "holes"),
            .duplicates = countIn(object, "duplicates"),
            .thinned = countIn(object, "conflated"),
            .delivery = latencyIn(object),
            .busiestThread = numberIn(object, "busiestThread"),
            .isSwarmLimited = object.value(u"swarmLimited").toBool(),
            .refusals = tallyIn(object, "refusals"),
            .closes = tallyIn(object, "closes"),
            .swarm = usageIn(object, "swarm"),
            .gateway = usageIn(object, "gateway"),
            .goals = goalsIn(object)};
}

LoadTestReading readingOf(const QJsonObject &object)
{
    return {.seconds = numberIn(object, "seconds"),
            .step = wholeIn(object, "step"),
            .steps = wholeIn(object, "steps"),
            .clients = wholeIn(object, "clients"),
            .isHolding = textIn(object, "phase") == u"holding",
            .share = numberIn(object, "share"),
            .open = wholeIn(object, "open"),
            .refused = countIn(object, "refused"),
            .failed = countIn(object, "failed"),
            .dropped = countIn(object, "dropped"),
            .lost = countIn(object, "lost"),
            .updatesPerSecond = numberIn(object, "updatesPerSecond"),
            .p50Ms = maybeIn(object, "p50"),
            .p99Ms = maybeIn(object, "p99"),
            .maxMs = maybeIn(object, "max")};
}

LoadTestResult resultOf(const QJsonObject &object)
{
    const auto report = object.value(u"report").toObject();
    LoadTestResult result{
        {}, report.value(u"interrupted").toBool(), QJsonDocument(report).toJson(), textIn(object, "html")};
    for (const auto &step : report.value(u"steps").toArray())
        result.steps.push_back(stepOf(step.toObject()));
    return result;
}

} // namespace

Result<LoadTestMessage> parseLoadTestLine(const QByteArray &line)
{
    const auto document = QJsonDocument::fromJson(line);
    if (!document.isObject())
        return Error{QString::fromUtf8(line.left(80)).simplified()};
    const auto object = document.object();
    const auto type = textIn(object, "type");
    if (type == u"progress")
        return LoadTestMessage(readingOf(object));
    if (type == u"step")
        return LoadTestMessage(stepOf(object.value(u"result").toObject()));
    if (type == u"result")
        return LoadTestMessage(resultOf(object));
    if (type == u"started")
        return LoadTestMessage(LoadTestStarted{textIn(object, "version"), wholeIn(object, "threads")});
    return LoadTestMessage();
}

} // namespace odin
