#include "ui/models/loadtestplan.h"

#include "core/model/limits.h"
#include "ui/models/format.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace odin {

namespace {

QString count(qint64 number) { return formatCount(static_cast<quint64>(number)); }

QString secondsText(std::chrono::milliseconds time) { return QStringLiteral("%1ms").arg(time.count()); }

QString sloOf(const LoadTestLimits &limits)
{
    QStringList goals;
    const auto add = [&goals](const char *name, const std::optional<int> &most, const char *unit) {
        if (most)
            goals.append(QStringLiteral("%1=%2%3").arg(QLatin1String(name)).arg(*most).arg(QLatin1String(unit)));
    };
    add("p50", limits.p50Ms, "ms");
    add("p99", limits.p99Ms, "ms");
    add("lost", limits.lost, "");
    add("dropped", limits.dropped, "");
    add("refused", limits.refused, "");
    return goals.join(u',');
}

Result<Done> checkedUrl(const LoadTestPlan &plan)
{
    const QUrl url(plan.url, QUrl::StrictMode);
    if (url.scheme() == u"wss")
        return Error{QStringLiteral("wss:// cannot be tested yet: give the ws:// address of a gateway that was started without --tls-cert.")};
    if (!url.isValid() || url.scheme() != u"ws" || url.host().isEmpty())
        return Error{QStringLiteral("The target is not a WebSocket address like ws://127.0.0.1:8080/ws.")};
    const QUrl admin(plan.admin, QUrl::StrictMode);
    if (!plan.admin.isEmpty() && (!admin.isValid() || (admin.scheme() != u"http" && admin.scheme() != u"https") || admin.host().isEmpty()))
        return Error{QStringLiteral("The admin address is not one like http://127.0.0.1:8081/. Leave it empty to do "
                                    "without the gateway's CPU and memory.")};
    return Done{};
}

/// Not as an age, which is rounded down.
QString lengthText(std::chrono::milliseconds time)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time).count();
    return seconds <= 120 ? QStringLiteral("%1 s").arg(seconds) : QStringLiteral("%1 min").arg((seconds + 59) / 60);
}

bool isOwn(const LoadTestPlan &plan, const GatewaySnapshot &own)
{
    return !own.addresses.ws.isEmpty() && QUrl(plan.url).authority() == QUrl(own.addresses.ws).authority();
}

} // namespace

Result<std::vector<int>> rampOf(const QString &text)
{
    std::vector<int> ramp;
    for (const auto &part : text.split(u',')) {
        bool isNumber = false;
        const int clients = part.trimmed().toInt(&isNumber);
        if (!isNumber || clients < 1 || clients > limits::loadTestClientsMax
            || (!ramp.empty() && clients <= ramp.back()))
            return Error{QStringLiteral("Clients is not a rising list of numbers from 1 to %1, like 100, 1000, 5000.")
                             .arg(count(limits::loadTestClientsMax))};
        ramp.push_back(clients);
    }
    if (ramp.size() > static_cast<std::size_t>(limits::loadTestStepsMax))
        return Error{QStringLiteral("A ramp has at most %1 steps.").arg(limits::loadTestStepsMax)};
    return ramp;
}

QString rampText(const std::vector<int> &ramp)
{
    QStringList steps;
    for (const int clients : ramp)
        steps.append(QString::number(clients));
    return steps.join(QStringLiteral(", "));
}

Result<Done> checked(const LoadTestPlan &plan)
{
    if (auto url = checkedUrl(plan); !url)
        return url;
    if (auto ramp = rampOf(rampText(plan.ramp)); !ramp)
        return ramp.error();
    if (plan.hold < limits::loadTestHoldMsMin || plan.hold > limits::loadTestHoldMsMax)
        return Error{QStringLiteral("A step is held for 0.5 s to 10 min.")};
    return Done{};
}

QStringList argumentsOf(const LoadTestPlan &plan)
{
    QStringList arguments{QStringLiteral("--progress"), QStringLiteral("json"), QStringLiteral("--url"), plan.url};
    const auto add = [&arguments](const char *name, const QString &value) {
        arguments << QLatin1String(name) << value;
    };
    add("--ramp", rampText(plan.ramp).remove(u' '));
    add("--hold", secondsText(plan.hold));
    add("--mix", plan.mix);
    if (!plan.admin.isEmpty())
        add("--admin", plan.admin);
    if (plan.connectsPerSecond > 0)
        add("--rate-limit", QStringLiteral("%1/s").arg(plan.connectsPerSecond));
    if (const auto slo = sloOf(plan.limits); !slo.isEmpty())
        add("--slo", slo);
    return arguments;
}

QString sentenceOf(const LoadTestPlan &plan)
{
    const auto steps = static_cast<int>(plan.ramp.size());
    const auto hold = formatAge(plan.hold);
    const auto most = count(plan.ramp.empty() ? 0 : plan.ramp.back());
    if (steps == 1)
        return QStringLiteral("%1 clients, held for %2").arg(most, hold);
    return QStringLiteral("%1 steps of %2 each, up to %3 clients: about %4")
        .arg(QString::number(steps), hold, most, lengthText(plan.hold * steps));
}

QString sentenceOf(const LoadTestPlan &plan, int first)
{
    return QStringLiteral("From %1 clients up, each probe held for %2, until a limit is missed")
        .arg(count(first), lengthText(plan.hold));
}

bool isLoopback(const QString &url)
{
    const auto host = QUrl(url).host();
    static const QRegularExpression address(QStringLiteral("^127(\\.\\d+){3}$")); // 127.example.com is anybody's
    return host == u"localhost" || host == u"::1" || address.match(host).hasMatch();
}

QStringList doubtsAbout(const LoadTestPlan &plan, const GatewaySnapshot &own)
{
    QStringList doubts;
    if (!isLoopback(plan.url))
        doubts << QStringLiteral(
                      "%1 is on another machine: the load crosses the network, and whoever runs that gateway "
                      "should know.")
                      .arg(QUrl(plan.url).host());
    if (!isOwn(plan, own))
        doubts << QStringLiteral(
            "It is not this console's gateway: whether its prices are simulated is not known here.");
    else if (!own.simulated)
        doubts << QStringLiteral("This gateway passes on real prices: its clients feel the load.");
    return doubts;
}

} // namespace odin
