#include "ui/models/capacitycertificate.h"

#include "ui/models/format.h"
#include "ui/models/savefile.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace odin {

namespace {

QString count(qint64 number) { return formatCount(static_cast<quint64>(std::max<qint64>(0, number))); }

QJsonValue usageJson(const std::optional<LoadTestUsage> &usage)
{
    if (!usage)
        return QJsonValue::Null;
    QJsonObject object{{QStringLiteral("cores"), usage->cores},
                       {QStringLiteral("residentBytes"), usage->residentBytes}};
    if (usage->shards > 0)
        object.insert(QStringLiteral("shards"), usage->shards);
    return object;
}

QJsonArray goalsJson(const LoadTestStep &step)
{
    QJsonArray goals;
    for (const auto &goal : step.goals)
        goals.append(QJsonObject{{QStringLiteral("name"), goal.name},
                                 {QStringLiteral("most"), goal.most},
                                 {QStringLiteral("measured"), goal.measured},
                                 {QStringLiteral("verdict"), verdictWord(goal.verdict)}});
    return goals;
}

QJsonValue latencyJson(const LoadTestLatency &latency)
{
    if (latency.count == 0)
        return QJsonValue::Null;
    return QJsonObject{{QStringLiteral("count"), latency.count},
                       {QStringLiteral("p50"), latency.p50Ms},
                       {QStringLiteral("p99"), latency.p99Ms},
                       {QStringLiteral("max"), latency.maxMs}};
}

QJsonObject probeJson(const CapacityProbe &probe)
{
    const auto &step = probe.step;
    return {{QStringLiteral("clients"), step.clients},
            {QStringLiteral("verdict"), verdictWord(probe.verdict)},
            {QStringLiteral("narrow"), probe.isNarrow},
            {QStringLiteral("connected"), step.open},
            {QStringLiteral("connectSeconds"), step.connectSeconds},
            {QStringLiteral("seconds"), step.seconds},
            {QStringLiteral("updatesPerSecond"), step.updatesPerSecond},
            {QStringLiteral("bytesPerSecond"), step.bytesPerSecond},
            {QStringLiteral("deliveryMs"), latencyJson(step.delivery)},
            {QStringLiteral("lost"), step.lost},
            {QStringLiteral("duplicates"), step.duplicates},
            {QStringLiteral("thinned"), step.thinned},
            {QStringLiteral("dropped"), step.dropped},
            {QStringLiteral("refused"), step.refused},
            {QStringLiteral("failed"), step.failed},
            {QStringLiteral("busiestSwarmThread"), step.busiestThread},
            {QStringLiteral("swarmLimited"), step.isSwarmLimited},
            {QStringLiteral("swarm"), usageJson(step.swarm)},
            {QStringLiteral("gateway"), usageJson(step.gateway)},
            {QStringLiteral("goals"), goalsJson(step)}};
}

QJsonObject machineJson(const Machine &machine)
{
    return {{QStringLiteral("cpu"), machine.cpu},
            {QStringLiteral("cores"), machine.cores},
            {QStringLiteral("memoryBytes"), machine.memoryBytes},
            {QStringLiteral("kernel"), machine.kernel}};
}

QJsonObject limitsJson(const LoadTestLimits &limits)
{
    QJsonObject object;
    const auto add = [&object](const char *name, const std::optional<int> &most) {
        if (most)
            object.insert(QLatin1String(name), *most);
    };
    add("p50Ms", limits.p50Ms);
    add("p99Ms", limits.p99Ms);
    add("lost", limits.lost);
    add("dropped", limits.dropped);
    add("refused", limits.refused);
    return object;
}

QJsonObject planJson(const CapacityCertificate &certificate)
{
    const auto &plan = certificate.search.plan();
    return {{QStringLiteral("firstClients"), plan.first},
            {QStringLiteral("mostClients"), plan.most},
            {QStringLiteral("growth"), plan.growth},
            {QStringLiteral("tolerance"), plan.tolerance},
            {QStringLiteral("holdSeconds"), double(certificate.load.hold.count()) / 1000},
            {QStringLiteral("connectsPerSecond"), certificate.load.connectsPerSecond},
            {QStringLiteral("mix"), certificate.load.mix},
            {QStringLiteral("limits"), limitsJson(certificate.load.limits)}};
}

QString timeText(const QDateTime &time) { return time.toUTC().toString(Qt::ISODate); }

} // namespace

CapacityCause CapacityCertificate::cause() const
{
    const auto *bending = search.bending();
    return bending ? causeOf(bending->step, isOneMachine ? machine.cores : 0) : CapacityCause{};
}

QString CapacityCertificate::sentence() const
{
    const auto limit = count(search.met());
    if (search.bent() == 0)
        return QStringLiteral("All limits were met up to %1 clients, where the search ended: the capacity is higher.")
            .arg(limit);
    const auto first = QStringLiteral(" First to bend, at %1: %2").arg(count(search.bent()), cause().sentence);
    if (search.met() == 0)
        return QStringLiteral("No number of clients met the limits.") + first;
    return QStringLiteral("%1 clients within the limits, who got updates at %2.")
               .arg(limit, formatRate(search.meeting()->step.updatesPerSecond))
        + first;
}

QJsonObject certificateJson(const CapacityCertificate &certificate)
{
    const auto &search = certificate.search;
    QJsonArray probes;
    for (const auto &probe : search.probes())
        probes.append(probeJson(probe));
    const auto cause = certificate.cause();
    return {{QStringLiteral("kind"), QStringLiteral("odin capacity certificate")},
            {QStringLiteral("format"), 1},
            {QStringLiteral("startedAt"), timeText(certificate.startedAt)},
            {QStringLiteral("endedAt"), timeText(certificate.endedAt)},
            {QStringLiteral("console"), QStringLiteral(ODIN_VERSION)},
            {QStringLiteral("loadTester"), certificate.loadTester},
            {QStringLiteral("machine"), machineJson(certificate.machine)},
            {QStringLiteral("gatewayOnThisMachine"), certificate.isOneMachine},
            {QStringLiteral("target"), certificate.load.url},
            {QStringLiteral("simulatedPrices"), certificate.simulated},
            {QStringLiteral("plan"), planJson(certificate)},
            {QStringLiteral("probes"), probes},
            {QStringLiteral("clients"), search.met()},
            {QStringLiteral("bentAtClients"), search.bent() > 0 ? QJsonValue(search.bent()) : QJsonValue::Null},
            {QStringLiteral("bentFirst"), search.bent() > 0 ? QJsonValue(cause.word) : QJsonValue::Null},
            {QStringLiteral("verdict"), certificate.sentence()}};
}

QString certificateName(const CapacityCertificate &certificate)
{
    return QStringLiteral("capacity-") + certificate.startedAt.toUTC().toString(QStringLiteral("yyyyMMddTHHmmss'Z'"));
}

QString certificateFolder()
{
    const auto xdg = qEnvironmentVariable("XDG_STATE_HOME");
    const auto base = xdg.isEmpty() ? QDir::homePath() + QStringLiteral("/.local/state") : xdg;
    return base + QStringLiteral("/odin/certificates");
}

Result<QString> saveCertificate(const CapacityCertificate &certificate, const QString &folder)
{
    if (!QDir().mkpath(folder))
        return Error{QStringLiteral("The folder %1 could not be made. Save the certificate elsewhere.").arg(folder)};
    const auto path = QDir(folder).filePath(certificateName(certificate));
    if (const auto json =
            saveFile(path + QStringLiteral(".json"), QJsonDocument(certificateJson(certificate)).toJson());
        !json)
        return json.error();
    if (const auto page = saveFile(path + QStringLiteral(".html"), certificateHtml(certificate).toUtf8()); !page)
        return page.error();
    return path;
}

} // namespace odin
