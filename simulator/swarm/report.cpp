#include "simulator/swarm/report.h"

#include <QJsonArray>

#include <algorithm>
#include <functional>

namespace odin::swarm {

namespace {

double ms(const HistogramSnapshot &histogram, double percentile) { return double(histogram.percentile(percentile).count()) / 1000; }

QJsonObject histogramJson(const HistogramSnapshot &histogram)
{
    QJsonArray distribution;
    for (const auto &[upperEdge, count] : histogram.filledSteps())
        distribution.append(QJsonArray{double(upperEdge.count()) / 1000, double(count)});
    return {{QStringLiteral("count"), double(histogram.count())}, {QStringLiteral("p50"), ms(histogram, 50)},
            {QStringLiteral("p90"), ms(histogram, 90)},           {QStringLiteral("p99"), ms(histogram, 99)},
            {QStringLiteral("p99.9"), ms(histogram, 99.9)},       {QStringLiteral("max"), ms(histogram, 100)},
            {QStringLiteral("distribution"), distribution}};
}

QJsonObject tallyJson(const std::map<int, std::int64_t> &tally)
{
    QJsonObject object;
    for (const auto &[key, number] : tally)
        object.insert(QString::number(key), double(number));
    return object;
}

QJsonValue usageJson(const std::optional<Usage> &usage)
{
    if (!usage)
        return QJsonValue::Null;
    QJsonObject object{{QStringLiteral("cores"), usage->cores}, {QStringLiteral("residentBytes"), usage->residentBytes}};
    if (usage->shards > 0)
        object.insert(QStringLiteral("shards"), usage->shards);
    return object;
}

QString word(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Met: return QStringLiteral("met");
    case Verdict::Missed: return QStringLiteral("missed");
    case Verdict::Undecided: break;
    }
    return QStringLiteral("undecided");
}

QJsonArray goalsJson(const Step &step, const std::vector<Goal> &goals)
{
    QJsonArray array;
    for (const auto &outcome : judge(goals, {step}))
        array.append(QJsonObject{{QStringLiteral("name"), outcome.goal.name}, {QStringLiteral("most"), outcome.goal.most},
                                 {QStringLiteral("measured"), outcome.measured}, {QStringLiteral("verdict"), word(verdictOf(outcome, step))}});
    return array;
}

QJsonArray timelineJson(const std::vector<Sample> &timeline)
{
    QJsonArray samples;
    for (const auto &sample : timeline) {
        samples.append(QJsonObject{{QStringLiteral("seconds"), sample.seconds}, {QStringLiteral("open"), double(sample.open)},
                                   {QStringLiteral("updatesPerSecond"), sample.updatesPerSecond},
                                   {QStringLiteral("swarmCores"), sample.swarmCores},
                                   {QStringLiteral("gatewayCores"), sample.gatewayCores ? QJsonValue(*sample.gatewayCores) : QJsonValue::Null}});
    }
    return samples;
}

QString fixed(double value, int digits) { return QString::number(value, 'f', digits); }

QString usageText(const std::optional<Usage> &usage)
{
    constexpr double mega = 1e6;
    return usage ? fixed(usage->cores, 2) + QStringLiteral(" / ") + fixed(usage->residentBytes / mega, 0) : QStringLiteral("-");
}

struct Row
{
    const char *name;
    std::function<QString(const Step &)> value;
};

Row numberRow(const char *name, Count count)
{
    return {name, [count](const Step &step) { return QString::number(step.totals[count]); }};
}

const std::vector<Row> &rows()
{
    static const std::vector<Row> all{
        {"clients", [](const Step &step) { return QString::number(step.clients); }},
        {"connected", [](const Step &step) { return QString::number(step.totals[Count::Open]); }},
        {"refused + failed", [](const Step &step) { return QString::number(step.connecting[Count::Refused] + step.connecting[Count::Failed]); }},
        {"connect: all, s", [](const Step &step) { return fixed(step.connectSeconds, 2); }},
        {"connect: p50 / p99, ms", [](const Step &step) { return fixed(ms(step.connecting.connect, 50), 1) + QStringLiteral(" / ") + fixed(ms(step.connecting.connect, 99), 1); }},
        numberRow("dropped", Count::Dropped),
        {"updates/s", [](const Step &step) { return fixed(double(step.totals[Count::Updates]) / step.seconds, 0); }},
        {"MB/s", [](const Step &step) { return fixed(double(step.totals[Count::Bytes]) / step.seconds / 1e6, 2); }},
        {"delivery: p50 / p90, ms", [](const Step &step) { return fixed(ms(step.totals.delivery, 50), 1) + QStringLiteral(" / ") + fixed(ms(step.totals.delivery, 90), 1); }},
        {"delivery: p99 / p99.9, ms", [](const Step &step) { return fixed(ms(step.totals.delivery, 99), 1) + QStringLiteral(" / ") + fixed(ms(step.totals.delivery, 99.9), 1); }},
        {"delivery: max, ms", [](const Step &step) { return fixed(ms(step.totals.delivery, 100), 1); }},
        {"clock offset, ms", [](const Step &step) { return QString::number(step.clockOffsetMs); }},
        numberRow("holes", Count::Holes),
        numberRow("duplicates", Count::Duplicates),
        numberRow("disorder", Count::Disorder),
        numberRow("thinned updates", Count::Conflated),
        numberRow("violations", Count::Violations),
        {"swarm: cores / MB", [](const Step &step) { return usageText(step.isHeld() ? std::optional(step.own) : std::nullopt); }},
        {"gateway: cores / MB", [](const Step &step) { return usageText(step.isHeld() ? step.gateway : std::nullopt); }},
        {"limited by the swarm", [](const Step &step) { return step.isSwarmLimited() ? QStringLiteral("YES") : QStringLiteral("no"); }}};
    return all;
}

QString verdict(const Outcome &outcome, bool isSwarmLimited)
{
    const auto word = outcome.isMet() ? QStringLiteral("met")
        : isSwarmLimited              ? QStringLiteral("undecided: the swarm was the bottleneck, not the gateway")
                                      : QStringLiteral("MISSED");
    return QStringLiteral("%1 <= %2: %3, %4").arg(outcome.goal.name, QString::number(outcome.goal.most), QString::number(outcome.measured), word);
}

} // namespace

bool Report::isMet() const
{
    return std::all_of(outcomes.begin(), outcomes.end(), [](const Outcome &outcome) { return outcome.isMet(); });
}

bool Report::isSwarmLimited() const
{
    return std::any_of(steps.begin(), steps.end(), [](const Step &step) { return step.isSwarmLimited(); });
}

QJsonObject stepJson(const Step &step, const std::vector<Goal> &goals)
{
    const auto &totals = step.totals;
    const auto number = [&totals](Count count) { return double(totals[count]); };
    return {{QStringLiteral("clients"), step.clients},
            {QStringLiteral("open"), number(Count::Open)},
            {QStringLiteral("seconds"), step.seconds},
            {QStringLiteral("connectSeconds"), step.connectSeconds},
            {QStringLiteral("connected"), double(step.connecting[Count::Connected])},
            {QStringLiteral("failed"), double(step.connecting[Count::Failed]) + number(Count::Failed)},
            {QStringLiteral("refused"), double(step.connecting[Count::Refused]) + number(Count::Refused)},
            {QStringLiteral("refusals"), tallyJson(step.connecting.refusals)},
            {QStringLiteral("dropped"), number(Count::Dropped)},
            {QStringLiteral("closes"), tallyJson(totals.closes)},
            {QStringLiteral("left"), number(Count::Left)},
            {QStringLiteral("updates"), number(Count::Updates)},
            {QStringLiteral("updatesPerSecond"), number(Count::Updates) / step.seconds},
            {QStringLiteral("bytesPerSecond"), number(Count::Bytes) / step.seconds},
            {QStringLiteral("holes"), number(Count::Holes)},
            {QStringLiteral("duplicates"), number(Count::Duplicates)},
            {QStringLiteral("disorder"), number(Count::Disorder)},
            {QStringLiteral("conflated"), number(Count::Conflated)},
            {QStringLiteral("notRecovered"), number(Count::NotRecovered)},
            {QStringLiteral("violations"), number(Count::Violations)},
            {QStringLiteral("connectMs"), histogramJson(step.connecting.connect)},
            {QStringLiteral("deliveryMs"), histogramJson(totals.delivery)},
            {QStringLiteral("latenessMs"), histogramJson(totals.lateness)},
            {QStringLiteral("clockOffsetMs"), double(step.clockOffsetMs)},
            {QStringLiteral("busiestThread"), step.busiestThread},
            {QStringLiteral("swarmLimited"), step.isSwarmLimited()},
            {QStringLiteral("swarm"), usageJson(step.isHeld() ? std::optional(step.own) : std::nullopt)},
            {QStringLiteral("gateway"), usageJson(step.isHeld() ? step.gateway : std::nullopt)},
            {QStringLiteral("goals"), goalsJson(step, goals)}};
}

QJsonObject reportJson(const Report &report)
{
    std::vector<Goal> goals;
    for (const auto &outcome : report.outcomes)
        goals.push_back(outcome.goal);
    QJsonArray steps, outcomes;
    for (const auto &step : report.steps)
        steps.append(stepJson(step, goals));
    for (const auto &outcome : report.outcomes)
        outcomes.append(QJsonObject{{QStringLiteral("name"), outcome.goal.name}, {QStringLiteral("most"), outcome.goal.most},
                                    {QStringLiteral("measured"), outcome.measured}, {QStringLiteral("met"), outcome.isMet()}});
    return {{QStringLiteral("url"), report.url}, {QStringLiteral("startedAt"), report.startedAt},
            {QStringLiteral("interrupted"), report.wasInterrupted}, {QStringLiteral("swarmLimited"), report.isSwarmLimited()},
            {QStringLiteral("met"), report.isMet()}, {QStringLiteral("goals"), outcomes}, {QStringLiteral("steps"), steps}, {QStringLiteral("timeline"), timelineJson(report.timeline)}};
}

std::vector<ReportRow> reportRows(const Report &report)
{
    std::vector<ReportRow> all;
    for (const auto &row : rows()) {
        all.push_back({QString::fromLatin1(row.name), {}});
        for (const auto &step : report.steps)
            all.back().values.append(row.value(step));
    }
    return all;
}

QStringList verdicts(const Report &report)
{
    QStringList lines;
    for (const auto &outcome : report.outcomes)
        lines.append(verdict(outcome, report.isSwarmLimited()));
    return lines;
}

QString reportText(const Report &report)
{
    constexpr int nameWidth = 26, width = 18;
    QString text;
    for (const auto &row : reportRows(report)) {
        text += row.name.leftJustified(nameWidth);
        for (const auto &value : row.values)
            text += value.rightJustified(width);
        text += QLatin1Char('\n');
    }
    for (const auto &line : verdicts(report))
        text += line + QLatin1Char('\n');
    return text;
}

} // namespace odin::swarm
