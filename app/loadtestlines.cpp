#include "app/loadtestlines.h"

#include "core/model/limits.h"
#include "simulator/swarm/htmlreport.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

namespace odin {

namespace {

using std::chrono::steady_clock;
using swarm::Count;

double seconds(steady_clock::duration time) { return std::chrono::duration<double>(time).count(); }

/// Null when nothing was delivered: no latency is not a latency of 0.
QJsonValue percentile(const HistogramSnapshot &delivery, double p)
{
    return delivery.count() == 0 ? QJsonValue(QJsonValue::Null)
                                 : QJsonValue(double(delivery.percentile(p).count()) / 1000);
}

} // namespace

void LoadTestLines::begin()
{
    m_startedAt = m_shownAt = steady_clock::now();
    QJsonArray ramp;
    for (const int clients : m_options.plan.ramp)
        ramp.append(clients);
    write({{QStringLiteral("type"), QStringLiteral("started")},
           {QStringLiteral("version"), QStringLiteral(ODIN_VERSION)},
           {QStringLiteral("url"), m_options.url},
           {QStringLiteral("ramp"), ramp},
           {QStringLiteral("holdSeconds"), seconds(m_options.plan.hold)},
           {QStringLiteral("threads"), m_options.plan.threads}});
}

void LoadTestLines::show(const swarm::Progress &now)
{
    const auto time = steady_clock::now();
    if (time - m_shownAt < limits::loadTestProgressMs)
        return;
    const auto recent = now.totals.since(m_shown);
    const auto number = [&now](Count count) { return double(now.totals[count]); };
    write({{QStringLiteral("type"), QStringLiteral("progress")},
           {QStringLiteral("seconds"), seconds(time - m_startedAt)},
           {QStringLiteral("step"), stepNumber(now.clients)},
           {QStringLiteral("steps"), int(m_options.plan.ramp.size())},
           {QStringLiteral("clients"), now.clients},
           {QStringLiteral("phase"), now.isHolding ? QStringLiteral("holding") : QStringLiteral("connecting")},
           {QStringLiteral("share"), std::clamp(now.share, 0.0, 1.0)},
           {QStringLiteral("open"), number(Count::Open)},
           {QStringLiteral("refused"), number(Count::Refused)},
           {QStringLiteral("failed"), number(Count::Failed)},
           {QStringLiteral("dropped"), number(Count::Dropped)},
           {QStringLiteral("lost"), number(Count::Holes)},
           {QStringLiteral("updatesPerSecond"), double(recent[Count::Updates]) / seconds(time - m_shownAt)},
           {QStringLiteral("p50"), percentile(recent.delivery, 50)},
           {QStringLiteral("p99"), percentile(recent.delivery, 99)},
           {QStringLiteral("max"), percentile(recent.delivery, 100)}});
    m_shown = now.totals;
    m_shownAt = time;
}

void LoadTestLines::end(const swarm::Step &step)
{
    write({{QStringLiteral("type"), QStringLiteral("step")},
           {QStringLiteral("step"), stepNumber(step.clients)},
           {QStringLiteral("result"), swarm::stepJson(step, m_options.goals)}});
}

void LoadTestLines::end(const swarm::Report &report)
{
    write({{QStringLiteral("type"), QStringLiteral("result")},
           {QStringLiteral("report"), swarm::reportJson(report)},
           {QStringLiteral("html"), swarm::reportHtml(report)}});
}

void LoadTestLines::write(const QJsonObject &object)
{
    const auto line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    const auto written = std::fwrite(line.constData(), 1, std::size_t(line.size()), stdout);
    m_isBroken = m_isBroken || written != std::size_t(line.size()) || std::fflush(stdout) != 0;
}

int LoadTestLines::stepNumber(int clients) const
{
    const auto &ramp = m_options.plan.ramp;
    return int(std::ranges::find(ramp, clients) - ramp.begin()) + 1;
}

} // namespace odin
