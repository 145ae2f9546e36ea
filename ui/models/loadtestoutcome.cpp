#include "ui/models/loadtestoutcome.h"

#include "ui/models/format.h"

#include <QStringList>

#include <algorithm>

namespace odin {

namespace {

using Kind = LoadTestOutcome::Kind;

QString count(qint64 number) { return formatCount(static_cast<quint64>(std::max<qint64>(0, number))); }

QString clientsText(qint64 clients)
{
    return clients == 1 ? QStringLiteral("1 client") : count(clients) + QStringLiteral(" clients");
}

QString goalText(const LoadTestGoal &goal)
{
    const auto text = [&](double value) {
        return goal.isTime() ? formatLatency(value) : count(static_cast<qint64>(value));
    };
    return goal.isTime()
        ? QStringLiteral("%1 was %2, at most %3 was wanted").arg(goal.name, text(goal.measured), text(goal.most))
        : QStringLiteral("%2 %1, at most %3 was wanted").arg(goal.name, text(goal.measured), text(goal.most));
}

/// The first of them, which is the commonest when there is but one.
int mostFrequent(const std::map<int, qint64> &tally)
{
    const auto most = std::ranges::max_element(tally, {}, [](const auto &entry) { return entry.second; });
    return most == tally.end() ? 0 : most->first;
}

QString refusalText(int status)
{
    switch (status) {
    case 401:
    case 403: return QStringLiteral("it wants an access token. Run odin-loadtest in a terminal with --token.");
    case 404: return QStringLiteral("there is no WebSocket at this path. A gateway's path is /ws.");
    case 429: return QStringLiteral("it lets in fewer connections per second. Set a rate of connects.");
    case 503:
        return QStringLiteral("it is full or about to stop. Test with fewer clients, or wait until others have left.");
    default: return QStringLiteral("is the address that of a gateway's WebSocket?");
    }
}

LoadTestOutcome judged(const LoadTestStep &step)
{
    const auto at = QStringLiteral("At %1: ").arg(clientsText(step.clients));
    if (step.verdict() == LoadTestVerdict::Missed)
        return {Kind::Bad, QStringLiteral("Missed"), at + missedText(step) + u'.'};
    if (step.delivery.count == 0)
        return {
            Kind::Doubtful, QStringLiteral("Undecided"),
            at
                + QStringLiteral("no update was delivered, so there is no latency to judge. Are the publishers, or the "
                                 "simulator, running?")};
    return {Kind::Doubtful, QStringLiteral("Undecided"),
            at + missedText(step)
                + QStringLiteral(". The swarm itself was the limit: its busiest thread used %1 of a core. Use another "
                                 "machine for it, or fewer clients.")
                      .arg(formatPercent(step.busiestThread * 100))};
}

} // namespace

QString missedText(const LoadTestStep &step)
{
    QStringList goals;
    for (const auto &goal : step.goals) {
        if (goal.verdict != LoadTestVerdict::Met && goal.measured > goal.most)
            goals.append(goalText(goal));
    }
    return goals.join(QStringLiteral("; "));
}

QString unreachedText(const LoadTestStep &step, const QString &url)
{
    if (step.open > 0 || step.clients == 0)
        return {};
    if (step.refused > 0) {
        const int status = mostFrequent(step.refusals);
        return QStringLiteral("%1 refused %2 with HTTP status %3: %4")
            .arg(url, clientsText(step.refused), QString::number(status), refusalText(status));
    }
    if (step.failed > 0)
        return QStringLiteral("Nobody answers at %1. Is the gateway running, and is the address right?").arg(url);
    if (step.dropped > 0)
        return QStringLiteral("%1 ended the connections of all clients during the test (close code %2). Is the gateway "
                              "still running? Its log says why.")
            .arg(url, QString::number(mostFrequent(step.closes)));
    return QStringLiteral("No client was connected to %1 before the test ended.").arg(url);
}

LoadTestOutcome outcomeOf(const std::vector<LoadTestStep> &steps, const QString &url, Ended ended)
{
    if (steps.empty())
        return {Kind::Doubtful, QStringLiteral("Stopped"),
                QStringLiteral("The test ended before anything was measured.")};
    const auto &last = steps.back();
    if (const auto unreached = unreachedText(last, url); !unreached.isEmpty())
        return {ended == Ended::Early && last.refused + last.failed + last.dropped == 0 ? Kind::Doubtful : Kind::Bad,
                QStringLiteral("Not connected"), unreached};
    for (const auto verdict : {LoadTestVerdict::Missed, LoadTestVerdict::Undecided}) {
        const auto first = std::ranges::find(steps, verdict, &LoadTestStep::verdict);
        if (first != steps.end())
            return judged(*first);
    }
    const auto upTo = clientsText(last.clients);
    if (ended == Ended::Early)
        return {Kind::Doubtful, QStringLiteral("Stopped"),
                QStringLiteral("The test was ended early, at %1. Nothing was missed until then.").arg(upTo)};
    if (last.verdict() == LoadTestVerdict::None)
        return {Kind::Good, QStringLiteral("Done"),
                QStringLiteral("Measured up to %1; there was no limit to judge by.").arg(upTo)};
    return {Kind::Good, QStringLiteral("Met"),
            QStringLiteral("All limits were met at every step, up to %1: p99 %2 there, updates at %3.")
                .arg(upTo, formatLatency(last.delivery.p99Ms), formatRate(last.updatesPerSecond))};
}

} // namespace odin
