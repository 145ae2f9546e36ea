// The page of a CapacityCertificate.
#include "ui/models/capacitycertificate.h"
#include "ui/models/format.h"
#include "ui/models/loadteststeps.h"

namespace odin {

namespace {

// The product's colours, dark and light.
constexpr char16_t style[] = uR"(
:root { --background: #F4F6F8; --surface: #FFFFFF; --border: #D5DBE3; --text: #161B22; --muted: #566273; --up: #08705A; --bad: #BF2228; --warning: #805A00; }
@media (prefers-color-scheme: dark) {
  :root { --background: #0E1116; --surface: #151A21; --border: #2B3542; --text: #E6EAF0; --muted: #94A0B0; --up: #35BF94; --bad: #FF6B70; --warning: #E8B341; }
}
body { margin: 0 auto; max-width: 1100px; padding: 24px; background: var(--background); color: var(--text); font: 14px Inter, sans-serif; }
section { background: var(--surface); border: 1px solid var(--border); border-radius: 8px; padding: 16px; margin: 16px 0; overflow-x: auto; }
h1, h2 { font-weight: 600; } h2 { font-size: 14px; color: var(--muted); margin: 0 0 8px; } .verdict { font-size: 17px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
td, th { padding: 4px 8px; text-align: right; border-top: 1px solid var(--border); font-weight: normal; white-space: nowrap; }
th { color: var(--muted); } th[scope=row], .facts td { text-align: left; white-space: normal; }
.met { color: var(--up); } .missed { color: var(--bad); } .undecided { color: var(--warning); }
)";

QString element(const QString &tag, const QString &text) { return QStringLiteral("<%1>%2</%1>").arg(tag, text); }

QString fact(const QString &name, const QString &value)
{
    return QStringLiteral("<tr><th scope=\"row\">%1</th><td>%2</td></tr>").arg(name, value.toHtmlEscaped());
}

QString limitsText(const LoadTestLimits &limits)
{
    QStringList goals;
    const auto add = [&goals](const char *name, const std::optional<int> &most, const char *unit) {
        if (most)
            goals.append(QStringLiteral("%1 at most %2%3")
                             .arg(QLatin1String(name), QString::number(*most), QLatin1String(unit)));
    };
    add("p50", limits.p50Ms, " ms");
    add("p99", limits.p99Ms, " ms");
    add("lost", limits.lost, "");
    add("dropped", limits.dropped, "");
    add("refused", limits.refused, "");
    return goals.join(QStringLiteral(", "));
}

QString facts(const CapacityCertificate &certificate)
{
    const auto &machine = certificate.machine;
    const auto &plan = certificate.search.plan();
    const auto time = [](const QDateTime &at) {
        return at.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'"));
    };
    const auto where = certificate.isOneMachine ? QStringLiteral("gateway and swarm on this machine")
                                                : QStringLiteral("the swarm on this machine, the gateway on another");
    return QStringLiteral("<section><h2>What was measured</h2><table class=\"facts\">")
        + fact(QStringLiteral("Time"), time(certificate.startedAt) + QStringLiteral(" to ") + time(certificate.endedAt))
        + fact(QStringLiteral("Gateway"), certificate.load.url)
        + fact(QStringLiteral("Simulated prices"), certificate.simulated)
        + fact(QStringLiteral("Machine"),
               QStringLiteral("%1, %2 cores, %3, %4: %5")
                   .arg(machine.cpu, QString::number(machine.cores), formatBytes(double(machine.memoryBytes)),
                        machine.kernel, where))
        + fact(QStringLiteral("Versions"),
               QStringLiteral("console " ODIN_VERSION ", odin-loadtest ") + certificate.loadTester)
        + fact(QStringLiteral("Limits"), limitsText(certificate.load.limits))
        + fact(QStringLiteral("Search"),
               QStringLiteral("from %1 clients by a factor of %2, at most %3; to within %4; each probe held for %5; %6")
                   .arg(QString::number(plan.first), QString::number(plan.growth), QString::number(plan.most),
                        formatPercent(plan.tolerance * 100), formatAge(certificate.load.hold), certificate.load.mix))
        + QStringLiteral("</table></section>");
}

/// The same columns as in the window.
QString probes(const CapacitySearch &search)
{
    LoadTestSteps steps;
    QString rows;
    for (int column = 0; column < steps.columnCount(); ++column)
        rows += element(QStringLiteral("th"), steps.headerData(column, Qt::Horizontal).toString());
    rows = element(QStringLiteral("tr"), rows);
    for (const auto &probe : search.probes()) {
        steps.append(probe.step);
        QString cells;
        for (int column = 0; column < LoadTestSteps::Verdict; ++column)
            cells += element(QStringLiteral("td"), steps.index(steps.rowCount() - 1, column).data().toString());
        const auto word = verdictWord(probe.verdict);
        const auto narrow = probe.isNarrow ? QStringLiteral(" (narrowly)") : QString();
        rows += element(QStringLiteral("tr"), cells + QStringLiteral("<td class=\"%1\">%1%2</td>").arg(word, narrow));
    }
    return QStringLiteral(
               "<section><h2>Every probe, in the order in which they were made</h2><table>%1</table></section>")
        .arg(rows);
}

} // namespace

QString certificateHtml(const CapacityCertificate &certificate)
{
    return QStringLiteral(
               "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Capacity of %1</title>"
               "<style>%2</style></head><body><h1>Capacity</h1><section><p class=\"verdict\">%3</p></section>%4%5"
               "</body></html>\n")
        .arg(certificate.load.url.toHtmlEscaped(), QString::fromUtf16(style), certificate.sentence().toHtmlEscaped(),
             facts(certificate), probes(certificate.search));
}

} // namespace odin
